package dev.graft.data.parquet;

import dev.graft.data.GraftException;
import dev.graft.data.io.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The Parquet files of a dataset directory: those below {@code data/} of a published one, else all
 * below it; never those in a folder that starts with {@code _} or {@code .}.
 */
public final class DatasetFiles {
  /**
   * One file.
   *
   * @param location absolute
   * @param part configuration and split, such as {@code synthetic/train}: the path below the data
   *     folder without the shard number
   * @param size in bytes
   */
  public record DatasetFile(String location, String part, long size) {}

  private static final Pattern SHARD = Pattern.compile("(-\\d+(-of-\\d+)?)?\\.parquet$");

  private DatasetFiles() {}

  /**
   * Sorted by location.
   *
   * @throws GraftException (exit 3) when there are none
   */
  public static List<DatasetFile> list(String directory) {
    String published = Storage.resolve(directory, "data");
    List<DatasetFile> files = below(published);
    if (files.isEmpty()) {
      files = below(directory);
    }
    if (files.isEmpty()) {
      throw GraftException.input(
          "%s holds no dataset: there is no Parquet file in it; give a published folder such as"
              + " .../dt=2026-01-31",
          directory);
    }
    return files;
  }

  private static List<DatasetFile> below(String root) {
    List<DatasetFile> files = new ArrayList<>();
    for (Storage.Entry entry : Storage.list(root)) {
      int start = entry.location().indexOf(root) + root.length();
      String relative = entry.location().substring(start).replaceFirst("^/+", "");
      if (relative.endsWith(".parquet") && !isHidden(relative)) {
        String part = SHARD.matcher(relative).replaceFirst("");
        files.add(new DatasetFile(entry.location(), part, entry.size()));
      }
    }
    return files;
  }

  private static boolean isHidden(String relative) {
    for (String segment : relative.split("/", -1)) {
      if (segment.startsWith("_") || segment.startsWith(".")) {
        return true;
      }
    }
    return false;
  }
}
