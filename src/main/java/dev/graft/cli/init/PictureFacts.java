package dev.graft.cli.init;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** Sizes and colours of some pictures of a dataset. */
final class PictureFacts implements Facts {
  private static final long MOST_PIXELS = 50_000_000;

  private final Map<String, Integer> sizes = new TreeMap<>();
  private int seen;
  private int unreadable;
  private boolean colour;

  /** Facts of pictures that are all grey and of one size. */
  static PictureFacts grey(int height, int width, int count) {
    PictureFacts facts = new PictureFacts();
    facts.sizes.put(key(height, width), count);
    facts.seen = count;
    return facts;
  }

  /** Looks at one encoded picture; large ones by their header alone. */
  void look(byte[] encoded) {
    seen++;
    try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(encoded))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        unreadable++;
        return;
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(in);
        int height = reader.getHeight(0);
        int width = reader.getWidth(0);
        sizes.merge(key(height, width), 1, Integer::sum);
        if (!colour && (long) height * width <= MOST_PIXELS) {
          colour = hasColour(reader.read(0));
        }
      } finally {
        reader.dispose();
      }
    } catch (IOException | RuntimeException e) {
      unreadable++;
    }
  }

  @Override
  public String noun() {
    return "pictures";
  }

  @Override
  public List<String> section() {
    int[] size = commonSize();
    int side = side();
    boolean exact = sizes.size() == 1 && size[0] == side && size[1] == side;
    return List.of(
        String.format(
            Locale.ROOT, "# Height x width of %,d that were looked at: %s.", seen, sizes()),
        String.format(
            Locale.ROOT,
            "image: {size: %d, channels: %s%s, flip: false}",
            side,
            colour ? "colour" : "grey",
            exact ? "" : ", resize: crop"));
  }

  /** The side that the shipped definitions take: the data's own where it fits. */
  private int side() {
    int[] size = commonSize();
    boolean fits = size[0] == size[1] && (size[0] == 28 || size[0] == 32 || size[0] == 64);
    return fits ? size[0] : Math.max(size[0], size[1]) <= 40 ? 32 : 64;
  }

  @Override
  public String model() {
    return "define: " + (side() <= 32 ? "models/image-vae.yaml" : "models/image-vae-64.yaml");
  }

  @Override
  public List<String> rules() {
    return List.of(
        "{scorer: label-agreement, min: 0.5}",
        "{scorer: realism, min: tune.p05}",
        "{scorer: novelty, min: tune.p01}",
        "{scorer: near-duplicate, drop: true}");
  }

  @Override
  public String mode() {
    return "mode: {vary: real, strength: 0.3}    # make them from real training pictures";
  }

  @Override
  public int seen() {
    return seen;
  }

  @Override
  public int unreadable() {
    return unreadable;
  }

  /** The most frequent size: height, width. */
  private int[] commonSize() {
    String key =
        sizes.entrySet().stream()
            .max(Map.Entry.comparingByValue(Comparator.naturalOrder()))
            .map(Map.Entry::getKey)
            .orElse(key(28, 28));
    String[] sides = key.split(" x ");
    return new int[] {Integer.parseInt(sides[0]), Integer.parseInt(sides[1])};
  }

  /** {@code 100 x 100 (1,997), 3024 x 3024 (3)}. */
  private String sizes() {
    StringBuilder text = new StringBuilder();
    sizes.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .limit(4)
        .forEach(
            entry ->
                text.append(text.isEmpty() ? "" : ", ")
                    .append(
                        String.format(Locale.ROOT, "%s (%,d)", entry.getKey(), entry.getValue())));
    return sizes.size() > 4 ? text + ", ..." : text.toString();
  }

  private static String key(int height, int width) {
    return height + " x " + width;
  }

  private static boolean hasColour(BufferedImage picture) {
    int step = Math.max(1, Math.min(picture.getWidth(), picture.getHeight()) / 32);
    for (int y = 0; y < picture.getHeight(); y += step) {
      for (int x = 0; x < picture.getWidth(); x += step) {
        int rgb = picture.getRGB(x, y);
        int red = rgb >> 16 & 0xff;
        int green = rgb >> 8 & 0xff;
        int blue = rgb & 0xff;
        if (Math.max(red, Math.max(green, blue)) - Math.min(red, Math.min(green, blue)) > 8) {
          return true;
        }
      }
    }
    return false;
  }
}
