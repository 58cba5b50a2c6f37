package dev.graft.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.ExitCode;
import dev.graft.stage.StageName;
import java.util.Map;

/**
 * How a launch ended.
 *
 * @param exitCode for the process
 * @param message one line for the user; empty when done
 * @param summaries the figures of every stage that is committed
 * @param publishedDirectory where the dataset is; empty when nothing was published
 * @param report the HTML report; empty when EVALUATE has not run
 */
public record RunResult(
    ExitCode exitCode,
    String message,
    Map<StageName, JsonNode> summaries,
    String publishedDirectory,
    String report) {}
