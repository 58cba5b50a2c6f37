package dev.graft.publish;

import dev.graft.data.GraftException;
import dev.graft.publish.Manifest.ManifestColumn;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Keeps the schema the same from date to date: columns keep their names, types and order, classes
 * their ids. Classes may be appended.
 */
final class SchemaGuard {
  private SchemaGuard() {}

  /**
   * @param before columns of the newest earlier date
   * @param now columns of this one
   * @param earlier folder of the earlier date, for the message
   * @throws GraftException (exit 2) on a change
   */
  static void check(List<ManifestColumn> before, List<ManifestColumn> now, String earlier) {
    Optional<String> change = change(before, now);
    if (change.isPresent()) {
      throw GraftException.usage(
          "the schema differs from that of %s: %s; readers of several dates would mix them up. Set"
              + " publish.allow-schema-change: true if that is meant",
          earlier, change.get());
    }
  }

  private static Optional<String> change(List<ManifestColumn> before, List<ManifestColumn> now) {
    List<String> namesBefore = before.stream().map(ManifestColumn::name).toList();
    List<String> namesNow = now.stream().map(ManifestColumn::name).toList();
    if (!namesBefore.equals(namesNow)) {
      return Optional.of("its columns were " + namesBefore + ", now they are " + namesNow);
    }
    for (int i = 0; i < now.size(); i++) {
      ManifestColumn was = before.get(i);
      ManifestColumn is = now.get(i);
      if (!was.type().equals(is.type())) {
        return Optional.of(
            String.format(
                Locale.ROOT,
                "column \"%s\" was %s, now it is %s",
                is.name(),
                was.type(),
                is.type()));
      }
      int kept = Math.min(was.names().size(), is.names().size());
      if (kept < was.names().size() || !was.names().equals(is.names().subList(0, kept))) {
        return Optional.of(
            String.format(
                Locale.ROOT,
                "the classes of \"%s\" were %s, now they are %s (new ones go to the end)",
                is.name(),
                was.names(),
                is.names()));
      }
    }
    return Optional.empty();
  }
}
