package dev.graft.modality.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.data.ExitCode;
import dev.graft.data.GraftException;
import dev.graft.modality.Modalities;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageOptionsTest {
  @Test
  void givesTheShapeOfTheRows() {
    assertThat(shape("{\"size\": 28}")).containsExactly(1, 28, 28);
    assertThat(shape("{\"size\": [32, 48], \"channels\": \"colour\"}")).containsExactly(3, 32, 48);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                                         | image.size is missing",
        "{\"size\": \"28\"}                         | image.size is \"28\"",
        "{\"size\": [28]}                           | image.size is [28]",
        "{\"size\": [28, 2]}                        | image.size has 2",
        "{\"size\": 100000}                         | image.size has 100000",
        "{\"size\": 28, \"channels\": \"rgb\"}      | image.channels is \"rgb\"",
        "{\"size\": 28, \"resize\": \"pad\"}        | image.resize is \"pad\"",
        "{\"size\": 28, \"flip\": \"yes\"}          | image.flip is \"yes\"",
        "{\"size\": 28, \"chanels\": \"grey\"}      | unknown key image.chanels",
        "null                                       | section `image` is missing",
      })
  void refusesWrongOptions(String options, String message) {
    assertThatThrownBy(() -> shape(options))
        .isInstanceOf(GraftException.class)
        .hasMessageContaining(message)
        .extracting(e -> ((GraftException) e).exitCode())
        .isEqualTo(ExitCode.USAGE);
  }

  private static List<Integer> shape(String options) {
    return Modalities.get("image").schema(Pictures.options(options), List.of()).shape();
  }
}
