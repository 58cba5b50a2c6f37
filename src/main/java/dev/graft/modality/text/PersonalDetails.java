package dev.graft.modality.text;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds what may lead to a person: e-mail addresses, telephone numbers of 8 to 15 digits (ITU-T
 * E.164), payment card numbers of 13 to 19 digits whose check digit is right (Luhn, ISO/IEC 7812),
 * and IBANs whose check digits are right (ISO 13616). A number that is several of these counts
 * once.
 */
public final class PersonalDetails {
  private static final Pattern EMAIL =
      Pattern.compile("[\\p{L}\\p{N}._%+-]+@[\\p{L}\\p{N}-]+(?:\\.[\\p{L}\\p{N}-]+)*\\.\\p{L}{2,}");
  private static final Pattern IBAN =
      Pattern.compile(
          "(?<![A-Z0-9])[A-Z]{2}\\d{2}(?: ?[A-Z0-9]){11,30}(?![A-Z0-9])", Pattern.CASE_INSENSITIVE);
  private static final Pattern DIGITS =
      Pattern.compile(
          "(?<![\\p{L}\\p{N}])\\+?\\(?\\d(?:[ ().\\-/]{0,2}\\d){7,18}(?![\\p{L}\\p{N}])");
  private static final int SHORTEST_IBAN = 15;
  private static final int FEWEST_DIGITS_OF_IBAN = 2;
  private static final int FEWEST_DIGITS_OF_NUMBER = 8;
  private static final int FEWEST_CARD = 13;
  private static final int MOST_CARD = 19;
  private static final int MOST_PHONE = 15;
  private static final BigInteger IBAN_DIVISOR = BigInteger.valueOf(97);

  private PersonalDetails() {}

  /** What was found. */
  public enum Kind {
    EMAIL,
    IBAN,
    CARD,
    PHONE
  }

  /** The kinds of all that is found in a text, in the order of the kinds. */
  public static List<Kind> in(String text) {
    List<Kind> kinds = new ArrayList<>();
    String rest = text.indexOf('@') < 0 ? text : withoutAddresses(text, kinds);
    int digits = 0;
    for (int i = 0; i < rest.length(); i++) {
      digits += isDigit(rest.charAt(i)) ? 1 : 0;
    }
    if (digits < FEWEST_DIGITS_OF_IBAN) {
      return kinds;
    }
    rest = mayHoldIban(rest) ? withoutIbans(rest, kinds) : rest;
    if (digits < FEWEST_DIGITS_OF_NUMBER) {
      return kinds;
    }
    for (Matcher matcher = DIGITS.matcher(rest); matcher.find(); ) {
      String number = matcher.group().replaceAll("\\D", "");
      if (number.length() >= FEWEST_CARD && number.length() <= MOST_CARD && isLuhn(number)) {
        kinds.add(Kind.CARD);
      } else if (number.length() <= MOST_PHONE) {
        kinds.add(Kind.PHONE);
      }
    }
    return kinds.stream().sorted().toList();
  }

  private static String withoutAddresses(String text, List<Kind> kinds) {
    return EMAIL
        .matcher(text)
        .replaceAll(
            found -> {
              kinds.add(Kind.EMAIL);
              return " ";
            });
  }

  /** Whether two letters stand before two digits. */
  private static boolean mayHoldIban(String text) {
    for (int i = 3; i < text.length(); i++) {
      if (isDigit(text.charAt(i))
          && isDigit(text.charAt(i - 1))
          && isLetter(text.charAt(i - 2))
          && isLetter(text.charAt(i - 3))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isDigit(char at) {
    return at >= '0' && at <= '9';
  }

  private static boolean isLetter(char at) {
    return at >= 'a' && at <= 'z' || at >= 'A' && at <= 'Z';
  }

  private static String withoutIbans(String text, List<Kind> kinds) {
    StringBuilder rest = new StringBuilder();
    Matcher matcher = IBAN.matcher(text);
    int done = 0;
    for (int from = 0; from <= text.length() && matcher.find(from); ) {
      int end = matcher.start() + ibanLength(matcher.group());
      if (end > matcher.start()) {
        kinds.add(Kind.IBAN);
        rest.append(text, done, matcher.start()).append(' ');
        done = end;
      }
      from = Math.max(end, matcher.start() + 1);
    }
    return rest.append(text, done, text.length()).toString();
  }

  /** Characters of the IBAN that a text begins with and that ends with one of its words; or 0. */
  private static int ibanLength(String text) {
    for (int end = text.length(); end >= SHORTEST_IBAN; end--) {
      boolean wordEnds = end == text.length() || text.charAt(end) == ' ';
      if (wordEnds && isIban(text.substring(0, end))) {
        return end;
      }
    }
    return 0;
  }

  /** From the right every second digit is doubled, less 9 above 9; the sum ends in 0. */
  static boolean isLuhn(String digits) {
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(digits.length() - 1 - i) - '0';
      int weighed = i % 2 == 0 ? digit : 2 * digit;
      sum += weighed > 9 ? weighed - 9 : weighed;
    }
    return sum % 10 == 0;
  }

  /** The first four characters moved to the end, letters as 10 to 35: 1 modulo 97. */
  static boolean isIban(String found) {
    String compact = found.replace(" ", "").toUpperCase(Locale.ROOT);
    StringBuilder number = new StringBuilder();
    for (char character : (compact.substring(4) + compact.substring(0, 4)).toCharArray()) {
      number.append(Character.getNumericValue(character));
    }
    return new BigInteger(number.toString()).mod(IBAN_DIVISOR).intValue() == 1;
  }
}
