package dev.graft.modality;

import dev.graft.data.GraftException;
import dev.graft.modality.image.ImageModality;
import dev.graft.modality.text.TextModality;
import java.util.List;

/** The registered modalities. */
public final class Modalities {
  private static final List<Modality> ALL = List.of(new ImageModality(), new TextModality());

  private Modalities() {}

  public static List<Modality> all() {
    return ALL;
  }

  /** The modality of this name. */
  public static Modality get(String name) {
    return ALL.stream()
        .filter(modality -> modality.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                GraftException.usage(
                    "unknown modality \"%s\"; known: %s",
                    name, String.join(", ", ALL.stream().map(Modality::name).toList())));
  }
}
