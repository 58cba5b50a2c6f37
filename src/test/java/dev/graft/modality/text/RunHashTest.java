package dev.graft.modality.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.hash.Hashing;
import dev.graft.data.CounterRandom;
import org.junit.jupiter.api.Test;

class RunHashTest {
  @Test
  void isTheFirstHalfOfMurmur3() {
    byte[] bytes = new byte[80];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) CounterRandom.mix(i);
    }
    RunHash hash = new RunHash(0x7465);
    for (int from = 0; from < bytes.length; from++) {
      for (int to = from; to <= bytes.length; to++) {
        assertThat(hash.of(bytes, from, to))
            .isEqualTo(Hashing.murmur3_128(0x7465).hashBytes(bytes, from, to - from).asLong());
      }
    }
  }
}
