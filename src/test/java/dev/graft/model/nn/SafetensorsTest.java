package dev.graft.model.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class SafetensorsTest {
  @Property(tries = 100)
  void roundTrip(
      @ForAll @Size(max = 5)
          Map<@AlphaChars @StringLength(min = 1, max = 8) String, @Size(max = 20) float[]> content,
      @ForAll String note) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    content.forEach((name, values) -> tensors.put(name, Tensor.of(values, 1, values.length)));
    Safetensors written = Safetensors.of(tensors, Map.of("note", note));
    assertThat(Safetensors.decode(written.encode())).isEqualTo(written);
  }

  @Test
  void equalContentHasEqualBytesWhateverTheOrder() {
    Tensor a = Tensor.of(new float[] {1, 2}, 2);
    Tensor b = Tensor.of(new float[] {3}, 1);
    Map<String, Tensor> forth = new LinkedHashMap<>();
    forth.put("a", a);
    forth.put("b", b);
    Map<String, Tensor> back = new LinkedHashMap<>();
    back.put("b", b);
    back.put("a", a);
    assertThat(Safetensors.of(forth, Map.of()).encode())
        .isEqualTo(Safetensors.of(back, Map.of()).encode());
  }

  @Test
  void headerIsAsTheFormatSays() {
    byte[] bytes =
        Safetensors.of(Map.of("w", Tensor.of(new float[] {1, 2, 3, 4}, 2, 2)), new TreeMap<>())
            .encode();
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int length = (int) buffer.getLong();
    assertThat(length % 8).isZero();
    assertThat(new String(bytes, 8, length, StandardCharsets.UTF_8).trim())
        .isEqualTo("{\"w\":{\"dtype\":\"F32\",\"shape\":[2,2],\"data_offsets\":[0,16]}}");
    assertThat(buffer.getFloat(8 + length + 4)).isEqualTo(2f);
    assertThat(bytes).hasSize(8 + length + 16);
  }

  @Test
  void refusesATruncatedFile() {
    byte[] bytes = Safetensors.of(Map.of("w", Tensor.of(new float[100], 100)), Map.of()).encode();
    assertThatThrownBy(() -> Safetensors.decode(Arrays.copyOf(bytes, bytes.length - 1)))
        .hasMessageContaining("tensor w lies outside the file");
    assertThatThrownBy(() -> Safetensors.decode(Arrays.copyOf(bytes, 20)))
        .hasMessageContaining("not a safetensors file");
  }
}
