package dev.graft.publish;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.parquet.Column;
import dev.graft.score.SoftLabels;
import dev.graft.select.SelectionRules;
import dev.graft.spec.DecimalText;
import dev.graft.spec.PipelineSpec;
import dev.graft.spec.SelectRule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * {@code README.md} of a published dataset: what it is, how it was made, how good it is, limits.
 */
final class DatasetCard {
  private static final String OF_REAL = "-of-real";

  private DatasetCard() {}

  static String text(PipelineSpec spec, List<Column> columns, Manifest manifest) {
    StringBuilder card = new StringBuilder();
    card.append("---\n").append(CardFrontMatter.text(spec, columns, manifest)).append("---\n\n");
    card.append("# ").append(spec.name()).append("\n\n");
    summary(card, spec, manifest);
    loading(card, manifest);
    columns(card, columns);
    making(card, spec, manifest);
    quality(card, manifest);
    limits(card, spec);
    return card.toString();
  }

  private static void summary(StringBuilder card, PipelineSpec spec, Manifest manifest) {
    card.append("Training data (")
        .append(spec.modality())
        .append(") with rows that a generative model drew")
        .append(spec.publish().includeReal() ? ", beside the real rows it learned from" : "")
        .append(". Every synthetic row says so: `_graft.is_synthetic` is true.\n\n");
    card.append("| part | rows |\n|---|---:|\n");
    manifest.rows().forEach((part, rows) -> row(card, part, Long.toString(rows)));
    card.append('\n');
  }

  private static void loading(StringBuilder card, Manifest manifest) {
    card.append("```python\nfrom datasets import load_dataset\n\n");
    card.append("everything = load_dataset(\"path/to/this/folder\")\n");
    card.append("synthetic = load_dataset(\"path/to/this/folder\", \"synthetic\")\n");
    if (manifest.rows().keySet().stream().anyMatch(part -> part.startsWith("real/"))) {
      card.append("real = load_dataset(\"path/to/this/folder\", \"real\")\n");
    }
    card.append("```\n\nSeveral dates together: ");
    card.append("`load_dataset(\"parquet\", data_files=\".../dt=*/data/*/train-*.parquet\")`.\n\n");
  }

  private static void columns(StringBuilder card, List<Column> columns) {
    card.append("## Columns\n\n| column | what |\n|---|---|\n");
    for (Column column : columns) {
      if (column instanceof Column.ClassLabel label) {
        row(card, "`" + column.name() + "`", "class: " + String.join(", ", label.names()));
      } else if (column instanceof Column.ListOf list) {
        row(
            card,
            "`" + column.name() + "`",
            "labels of the row, none or several of: " + String.join(", ", list.names()));
      } else if (column instanceof Column.Floats) {
        row(
            card,
            "`" + column.name() + "`",
            "soft label: the judge's probability of each class, in the order of the classes; they"
                + " sum to 1. None for real rows, whose label is their class");
      } else if (column instanceof Column.Value value) {
        row(card, "`" + column.name() + "`", value.type().name().toLowerCase(Locale.ROOT));
      } else if (column instanceof Column.Spans spans) {
        row(
            card,
            "`" + column.name() + "`",
            "list of start, end (behind the last character; both in code points of `text`, as"
                + " Python counts) and label, a class: "
                + String.join(", ", spans.kinds()));
      } else {
        row(card, "`" + column.name() + "`", "image");
      }
    }
    row(
        card,
        "`_graft`",
        "where the row comes from: sample_id, is_synthetic, generator, model_version, seed,"
            + " condition, source_ids, run_id, scores (name and value)");
    card.append('\n');
  }

  private static void making(StringBuilder card, PipelineSpec spec, Manifest manifest) {
    card.append("## How it was made\n\n");
    card.append("By Graft ").append(manifest.codeVersion()).append(", seed ");
    card.append(manifest.seed());
    if (!manifest.runDate().isEmpty()) {
      card.append(", date ").append(manifest.runDate());
    }
    card.append(", run `").append(manifest.fingerprint()).append("`.\n\n");
    card.append("| model | name | version |\n|---|---|---|\n");
    manifest
        .models()
        .fields()
        .forEachRemaining(
            model ->
                row(
                    card,
                    model.getKey(),
                    model.getValue().path("name").asText(""),
                    "`" + model.getValue().path("digest").asText("") + "`"));
    if (!spec.select().isEmpty()) {
      card.append("\nCandidates had to pass, in this order:\n\n");
      for (SelectRule rule : SelectionRules.of(spec).rules()) {
        card.append("- ").append(inWords(rule)).append('\n');
      }
    }
    if (spec.augment().mode() != null && spec.augment().mode().readsRows()) {
      card.append("\nSynthetic rows were made from real training rows, which `_graft.source_ids`");
      card.append(" names");
      card.append(spec.publish().includeReal() ? ".\n" : "; those rows are not in this folder.\n");
    }
    if (spec.augment().softLabels()) {
      card.append("\n`").append(SoftLabels.COLUMN.name()).append("` is what the judge takes each");
      card.append(" synthetic row for (soft labels). A learner may minimise the cross-entropy");
      card.append(" against it; `label` is still the class that the row was drawn for.\n");
    }
    card.append("\nThe judge that scores candidates learned from real rows only. A sample of what");
    card.append(" was refused, with reasons, is in `_rejected/`.\n\n");
  }

  private static String inWords(SelectRule rule) {
    return switch (rule.kind()) {
      case MIN -> rule.scorer() + " at least " + bound(rule.threshold());
      case MAX -> rule.scorer() + " at most " + bound(rule.threshold());
      case TOP -> rule.scorer() + " among the best " + bound(rule.threshold()) + " of the class";
      case DROP -> "not marked by " + rule.scorer();
      case PUBLISHED -> "near no synthetic row published on an earlier date";
    };
  }

  private static String bound(SelectRule.Threshold threshold) {
    if (threshold instanceof SelectRule.TunePercentile tune) {
      return "percentile "
          + DecimalText.of(tune.percentile())
          + " of the same score on real tune rows";
    }
    return DecimalText.of(((SelectRule.Fixed) threshold).value());
  }

  private static void quality(StringBuilder card, Manifest manifest) {
    card.append("## Quality\n\nProtocol, intervals and pictures are in `report.html`, all");
    card.append(" figures in `metrics.json`.\n\n");
    if (!manifest.gates().isEmpty()) {
      card.append("| gate | passed |\n|---|---|\n");
      for (JsonNode gate : manifest.gates()) {
        row(
            card,
            gate.path("message").asText(gate.path("metric").asText()),
            gate.path("passed").asBoolean() ? "yes" : "no");
      }
      card.append('\n');
    }
    figures(card, manifest.metrics());
  }

  /** The key figures, each beside the same of real rows against real rows where there is one. */
  private static void figures(StringBuilder card, JsonNode metrics) {
    Map<String, String> figures = new LinkedHashMap<>();
    flatten("", metrics.has("figures") ? metrics.get("figures") : metrics, figures);
    if (figures.isEmpty()) {
      return;
    }
    card.append("| figure | this dataset | real against real |\n|---|---:|---:|\n");
    figures.forEach(
        (name, value) -> {
          if (!name.endsWith(OF_REAL)) {
            row(card, name, value, figures.getOrDefault(name + OF_REAL, ""));
          }
        });
    card.append('\n');
  }

  private static void limits(StringBuilder card, PipelineSpec spec) {
    card.append("## Limits\n\n");
    card.append("- Synthetic rows add no knowledge of the world that the real rows do not hold;");
    card.append(" they repeat its gaps and biases.\n");
    card.append("- Labels of synthetic rows are what the model was asked for and the judge agreed");
    card.append(" to, not what a person saw.\n");
    card.append("- Evaluate on real rows only. No synthetic row should be in a test set.\n");
    if (!spec.publish().includeReal()) {
      card.append("- No real row is in this folder.\n");
    }
    card.append("- The mark `_graft.is_synthetic` gets lost when the column is dropped; keep it");
    card.append(" when you pass rows on.\n");
  }

  /** The numbers of a tree by their path. */
  private static void flatten(String path, JsonNode node, Map<String, String> figures) {
    node.fields()
        .forEachRemaining(
            field -> {
              String name = path.isEmpty() ? field.getKey() : path + " / " + field.getKey();
              if (field.getValue().isNumber()) {
                figures.put(name, field.getValue().asText());
              } else {
                flatten(name, field.getValue(), figures);
              }
            });
  }

  private static void row(StringBuilder card, String... cells) {
    card.append('|');
    for (String cell : cells) {
      card.append(' ').append(cell.replace("|", "\\|").replace("\n", " ")).append(" |");
    }
    card.append('\n');
  }
}
