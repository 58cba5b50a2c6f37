package dev.graft.evaluate.run;

import dev.graft.data.LabelledRows;
import dev.graft.data.Part;
import dev.graft.evaluate.evidence.Picture;
import dev.graft.evaluate.evidence.PictureStrip;
import dev.graft.evaluate.run.EvaluateInputs.Role;
import dev.graft.modality.Modalities;
import dev.graft.modality.PayloadCodec;
import dev.graft.model.DerivingSampler;
import dev.graft.model.Looks;
import dev.graft.model.ModelFamily;
import dev.graft.model.StoredModel;
import dev.graft.model.insight.SampleStrips;
import dev.graft.model.insight.SampleStrips.Strip;
import dev.graft.spec.GenerationMode.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Paths and variations of the run's generator as pictures. They begin and end at real train rows
 * where those may be shown, else at samples of the model: a path renders its ends. The examiner
 * tells how far apart samples are.
 */
final class CollectStrips {
  private final EvaluateRun run;
  private final PictureBook book;
  private final boolean showsReal;

  CollectStrips(EvaluateRun run, PictureBook book, boolean showsReal) {
    this.run = run;
    this.book = book;
    this.showsReal = showsReal;
  }

  /** Empty for a generator that can only draw. */
  List<PictureStrip> collect() {
    StoredModel generator = run.inputs().model(run.context(), Role.GENERATOR);
    ModelFamily<?> family = run.inputs().family(generator.card().definition().family());
    Set<Kind> modes = family.modes(generator.card().definition());
    if (modes.isEmpty()) {
      return List.of();
    }
    Optional<LabelledRows> real = showsReal ? Optional.of(run.real(Part.TRAIN)) : Optional.empty();
    try (DerivingSampler sampler = (DerivingSampler) family.open(generator)) {
      List<Looks> looks = List.of(Looks.VALUES, Looks.to(run.inputs().examiner(run.context())));
      return SampleStrips.of(sampler, modes, run.schema(), real, looks, run.seed())
          .strips()
          .stream()
          .map(this::pictures)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private PictureStrip pictures(Strip strip) {
    PayloadCodec codec = Modalities.get(run.schema().modality()).codec(run.schema());
    String from = book.className(Math.max(0, strip.from()));
    String to = book.className(Math.max(0, strip.to()));
    String name = strip.from() == strip.to() ? from : from + " to " + to;
    List<Picture> pictures = new ArrayList<>();
    for (byte[] row : strip.rows()) {
      pictures.add(
          book.of(
              codec.encode(row, 0),
              Math.max(0, strip.from()),
              "sample " + (pictures.size() + 1) + " of " + strip.rows().size()));
    }
    return new PictureStrip(strip.motif(), name, pictures);
  }
}
