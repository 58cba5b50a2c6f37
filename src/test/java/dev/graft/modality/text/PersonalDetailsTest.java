package dev.graft.modality.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.modality.text.PersonalDetails.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PersonalDetailsTest {
  @Test
  void eachKindIsFound() {
    assertThat(PersonalDetails.in("write to j.doe+x@mail.example.org, please"))
        .containsExactly(Kind.EMAIL);
    assertThat(PersonalDetails.in("call +49 (0)30 1234-5678 now")).containsExactly(Kind.PHONE);
    assertThat(PersonalDetails.in("text 08712402050 b4 10pm")).containsExactly(Kind.PHONE);
    assertThat(PersonalDetails.in("pay with 4111 1111 1111 1111")).containsExactly(Kind.CARD);
    assertThat(PersonalDetails.in("my iban is de89 3704 0044 0532 0130 00 thanks a lot"))
        .containsExactly(Kind.IBAN);
    assertThat(PersonalDetails.in("GB82WEST12345698765432 and a@b.de"))
        .containsExactly(Kind.EMAIL, Kind.IBAN);
  }

  /** A card number with a wrong check digit is no card, and too long for a telephone. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "at 10 30 on 24 december",
        "transfer 12,500 dollars",
        "4111 1111 1111 1112",
        "user@host",
        "order 1234567",
        "the code is AB12CD34EF56GH"
      })
  void ordinaryNumbersAreNot(String text) {
    assertThat(PersonalDetails.in(text)).isEmpty();
  }

  @Test
  void checkDigits() {
    assertThat(PersonalDetails.isLuhn("79927398713")).isTrue();
    assertThat(PersonalDetails.isLuhn("79927398710")).isFalse();
    assertThat(PersonalDetails.isIban("DE89370400440532013000")).isTrue();
    assertThat(PersonalDetails.isIban("DE88370400440532013000")).isFalse();
  }
}
