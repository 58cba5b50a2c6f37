package dev.graft.proof;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads a published dataset with a Parquet reader that is not ours. */
final class DuckDb {
  private static final String ROWS = "read_parquet(?, hive_partitioning = false)";

  private DuckDb() {}

  /** Rows per label of the real or the synthetic rows below {@code folder}. */
  static Map<String, Long> rowsByLabel(String folder, boolean synthetic) throws SQLException {
    String query =
        "select label, count(*) from " + ROWS + " where _graft.is_synthetic = ? group by label";
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setString(1, folder + "/**/*.parquet");
      statement.setBoolean(2, synthetic);
      Map<String, Long> rows = new TreeMap<>();
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          rows.put(result.getString(1), result.getLong(2));
        }
      }
      return rows;
    }
  }

  /** How many different sample ids there are. */
  static long distinctIds(String folder) throws SQLException {
    String query = "select count(distinct _graft.sample_id) from " + ROWS;
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setString(1, folder + "/**/*.parquet");
      try (ResultSet result = statement.executeQuery()) {
        result.next();
        return result.getLong(1);
      }
    }
  }

  /** Columns of strings of the real or the synthetic rows, row by row. */
  static List<List<String>> strings(String folder, boolean synthetic, String... columns)
      throws SQLException {
    String query =
        "select " + String.join(", ", columns) + " from " + ROWS + " where _graft.is_synthetic = ?";
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setString(1, folder + "/**/*.parquet");
      statement.setBoolean(2, synthetic);
      List<List<String>> rows = new ArrayList<>();
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          List<String> row = new ArrayList<>();
          for (int column = 1; column <= columns.length; column++) {
            row.add(result.getString(column));
          }
          rows.add(row);
        }
      }
      return rows;
    }
  }

  /** The spans of the real or the synthetic rows: text, number of the kind, and what it holds. */
  static List<List<String>> spans(String folder, boolean synthetic) throws SQLException {
    String query =
        "select text, s.label, substring(text, s.\"start\" + 1, s.\"end\" - s.\"start\") from"
            + " (select text, unnest(spans) as s from "
            + ROWS
            + " where _graft.is_synthetic = ?)";
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setString(1, folder + "/**/*.parquet");
      statement.setBoolean(2, synthetic);
      List<List<String>> spans = new ArrayList<>();
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          spans.add(List.of(result.getString(1), result.getString(2), result.getString(3)));
        }
      }
      return spans;
    }
  }

  /** The names of the columns, in order. */
  static List<String> columns(String folder) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        PreparedStatement statement =
            connection.prepareStatement("select * from " + ROWS + " limit 1")) {
      statement.setString(1, folder + "/**/*.parquet");
      try (ResultSet result = statement.executeQuery()) {
        List<String> names = new ArrayList<>();
        for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
          names.add(result.getMetaData().getColumnName(column));
        }
        return names;
      }
    }
  }
}
