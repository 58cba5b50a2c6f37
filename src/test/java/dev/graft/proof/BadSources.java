package dev.graft.proof;

import static dev.graft.proof.BadCase.input;
import static dev.graft.proof.TinyImages.CLASSES;
import static dev.graft.proof.TinyImages.IMAGES_MAGIC;
import static dev.graft.proof.TinyImages.ROW_SIZE;
import static dev.graft.proof.TinyImages.labels;

import dev.graft.data.io.Storage;
import java.util.Arrays;
import java.util.stream.Stream;

/** Input data that is missing, damaged or worse than declared: exit 3. */
final class BadSources {
  private static final int ROWS = Scene.ROWS;

  private BadSources() {}

  static Stream<BadCase> cases() {
    return Stream.of(files(), idx(), folders()).flatMap(cases -> cases);
  }

  private static Stream<BadCase> files() {
    return Stream.of(
        input(
            "input that is not there",
            scene -> scene.replace("images.idx", "no-such.idx"),
            "no-such.idx"),
        input(
            "a folder where a file belongs",
            scene -> {
              scene.writeFile("a-folder/inside.txt", "text");
              scene.replace("images.idx", "a-folder");
            },
            "a-folder"),
        input(
            "a gzip file that is cut",
            scene -> {
              byte[] whole = TinyImages.gzip(read(scene, "images.idx"));
              scene.writeFile("images.idx.gz", Arrays.copyOf(whole, whole.length / 2));
              scene.replace("images.idx", "images.idx.gz");
            },
            "images.idx.gz"),
        input(
            "a Parquet file that is none",
            scene -> {
              scene.writeFile("images/data.parquet", "PAR1 this is not Parquet PAR1");
              scene.fromFolders().replace("format: class-folders", "format: parquet");
            },
            "data.parquet"));
  }

  private static Stream<BadCase> idx() {
    return Stream.of(
        input(
            "IDX images that are cut",
            scene -> {
              byte[] whole = read(scene, "images.idx");
              scene.writeFile("images.idx", Arrays.copyOf(whole, whole.length - 1000));
            },
            "images.idx"),
        input(
            "an IDX file with a wrong magic number",
            scene -> {
              byte[] whole = read(scene, "images.idx");
              whole[2] = 0x0d;
              scene.writeFile("images.idx", whole);
            },
            "images.idx",
            "magic"),
        input(
            "labels where images belong",
            scene -> scene.replace("images.idx", "labels.idx"),
            "labels.idx"),
        input(
            "one label too few",
            scene -> scene.writeFile("labels.idx", labels(ROWS - 1, CLASSES.size())),
            String.valueOf(ROWS),
            String.valueOf(ROWS - 1)),
        input(
            "labels beyond the declared classes",
            scene -> scene.writeFile("labels.idx", labels(ROWS, 9)),
            "label"),
        input(
            "a declared class without a row",
            scene -> scene.replace("top]", "top, nobody]"),
            "nobody"),
        input(
            "no rows at all",
            scene -> {
              scene.writeFile("images.idx", TinyImages.images(IMAGES_MAGIC, 0, new byte[0]));
              scene.writeFile("labels.idx", labels(0, 1));
            },
            "no "),
        input(
            "images of another size than declared",
            scene -> scene.replace("image: {size: 16}", "image: {size: 12}"),
            "16",
            "12"),
        input(
            "an IDX header that promises more than fits in memory",
            scene ->
                scene.writeFile(
                    "images.idx",
                    TinyImages.images(IMAGES_MAGIC, Integer.MAX_VALUE, new byte[ROW_SIZE])),
            "images.idx"));
  }

  private static Stream<BadCase> folders() {
    return Stream.of(
        input(
            "a PNG header of 50,000 x 50,000 pixels",
            scene -> {
              TinyImages.folders(scene.file("images"), 30);
              scene.writeFile("images/left/bomb.png", TinyImages.pngHeader(50_000, 50_000));
              scene.fromFolders();
            },
            "oversized",
            "max-bad-records"),
        input(
            "a text file named .png",
            scene -> {
              TinyImages.folders(scene.file("images"), 30);
              scene.writeFile("images/right/note.png", "these are words");
              scene.fromFolders();
            },
            "undecodable",
            "max-bad-records"),
        input(
            "an empty .png",
            scene -> {
              TinyImages.folders(scene.file("images"), 30);
              scene.writeFile("images/top/empty.png", "");
              scene.fromFolders();
            },
            "max-bad-records"),
        input(
            "more bad records than max-bad-records allows",
            scene -> {
              TinyImages.folders(scene.file("images"), 30);
              for (int i = 0; i < 10; i++) {
                scene.writeFile("images/top/bad-%d.png".formatted(i), "no picture " + i);
              }
              scene.fromFolders().replace("  classes:", "  max-bad-records: 0.05\n  classes:");
            },
            "10",
            "max-bad-records"),
        input(
            "class folders without a picture",
            scene -> {
              scene.writeFile("images/left/readme.txt", "nothing here");
              scene.fromFolders();
            },
            "images"));
  }

  private static byte[] read(Scene scene, String name) {
    return Storage.read(scene.file(name).toString());
  }
}
