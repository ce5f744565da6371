package org.afterword.governance.internal;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What can be somebody's national id, by the form and the check that its country gave it.
 *
 * <ul>
 *   <li>United States, SSN: no area 000, 666 or 900–999, no group 00, no serial 0000 (SSA, "Social Security Number
 *       Randomization", 2011). ITIN: area 900–999 with group 50–65, 70–88, 90–92 or 94–99 (IRS, Publication 1915).
 *   <li>Canada, SIN: nine digits, Luhn, none begins with 0 or 8 (Service Canada, SIN Code of Practice).
 *   <li>United Kingdom, National Insurance number: prefix and suffix letters as in HMRC's manual NIM39110. It has no check.
 *   <li>Germany, steuerliche Identifikationsnummer: eleven digits, of the first ten one digit twice or three times, ISO 7064
 *       MOD 11,10 (§ 139b AO; BZSt, "Steueridentifikationsnummer: Aufbau und Prüfziffer").
 *   <li>Spain, DNI and NIE: a letter by the remainder of 23 (Real Decreto 1553/2005; Orden INT/2058/2008).
 *   <li>Italy, codice fiscale: sixteen characters with a check letter, digits that may be replaced by letters where two people
 *       would have the same (D.M. 23 dicembre 1976).
 *   <li>France, NIR: thirteen characters and a key, 97 less the remainder of 97; 2A and 2B count as 19 and 18 (INSEE, décret
 *       82-103).
 *   <li>Brazil, CPF: eleven digits with two checks by 11 (Receita Federal, IN RFB 1548/2015).
 *   <li>Poland, PESEL: eleven digits, weights 1, 3, 7, 9 (ustawa o ewidencji ludności, art. 15).
 * </ul>
 */
final class NationalIds {
    private static final Pattern NINO = Pattern.compile(
            "(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z](?:([ -]?)\\d{2}\\1\\d{2}\\1\\d{2}\\1|[ -]\\d{6}[ -]?)[A-D]"
                    + "(?![A-Za-z0-9])");
    private static final Pattern NINO_IN_ONE =
            Pattern.compile("(?!bg|gb|nk|kn|tn|nt|zz)[a-ceghj-pr-tw-z][a-ceghj-npr-tw-z]\\d{6}[a-d](?![A-Za-z0-9])");
    private static final Pattern DNI =
            Pattern.compile("(?:\\d{8}|\\d{2}\\.\\d{3}\\.\\d{3})-?([A-Za-z])(?![A-Za-z0-9])");
    private static final Pattern NIE = Pattern.compile("([XYZxyz])-?(\\d{7})-?([A-Za-z])(?![A-Za-z0-9])");
    private static final Pattern CODICE_FISCALE = Pattern.compile(
            "[A-Z]{6} ?[0-9LMNP-V]{2}[A-EHLMPRST][0-9LMNP-V]{2} ?[A-Z][0-9LMNP-V]{3}[A-Z](?![A-Z0-9])",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern CORSICAN_NIR = Pattern.compile(
            "[12][ .-]?\\d{2}[ .-]?\\d{2}[ .-]?2[ABab][ .-]?\\d{3}[ .-]?\\d{3}[ .-]?\\d{2}(?![A-Za-z0-9])");
    private static final String DNI_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE";
    private static final String OMOCODIA = "LMNPQRSTUV";

    /** Values of 0–9 and A–Z at the odd places of a codice fiscale. */
    private static final int[] ODD = {
        1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23
    };

    private NationalIds() {}

    /**
     * Where an id made of letters and digits ends that begins here; −1 if none does.
     *
     * @param letters how many letters it begins with
     * @param digits  how many digits follow at once
     */
    static int endOfOneAt(String text, int start, int letters, int digits) {
        return switch (letters) {
            case 0 -> {
                int next = start + digits < text.length() ? text.charAt(start + digits) : ' ';
                yield switch (digits) {
                    case 8 -> next == ' ' ? -1 : endOfDni(text, start);
                    case 2 -> next == '.' ? endOfDni(text, start) : -1;
                    case 6 -> "ABab".indexOf(next) < 0 ? -1 : endOfCorsicanNir(text, start);
                    case 1 -> "12".indexOf(text.charAt(start)) < 0 ? -1 : endOfCorsicanNir(text, start);
                    default -> -1;
                };
            }
            case 1 -> digits == 7 ? endOfNie(text, start) : -1;
            case 2 -> digits == 2 || digits == 6 ? endOfNino(text, start) : -1;
            default -> letters >= 6 ? endOfCodiceFiscale(text, start) : -1;
        };
    }

    private static int endOfNino(String text, int start) {
        int end = endOf(NINO, text, start);
        return end < 0 ? endOf(NINO_IN_ONE, text, start) : end;
    }

    private static int endOf(Pattern pattern, String text, int start) {
        Matcher matcher = pattern.matcher(text).region(start, text.length());
        return matcher.lookingAt() ? matcher.end() : -1;
    }

    private static int endOfDni(String text, int start) {
        Matcher dni = DNI.matcher(text).region(start, text.length());
        return dni.lookingAt() && isDniLetter(digitsOf(dni.group()), dni.group(1)) ? dni.end() : -1;
    }

    private static int endOfNie(String text, int start) {
        Matcher nie = NIE.matcher(text).region(start, text.length());
        return nie.lookingAt()
                        && isDniLetter(
                                "XYZ".indexOf(nie.group(1).toUpperCase(Locale.ROOT)) + nie.group(2), nie.group(3))
                ? nie.end()
                : -1;
    }

    private static boolean isDniLetter(String digits, String letter) {
        return DNI_LETTERS.charAt(Integer.parseInt(digits) % DNI_LETTERS.length()) == LetterIds.upper(letter.charAt(0));
    }

    private static int endOfCodiceFiscale(String text, int start) {
        Matcher code = CODICE_FISCALE.matcher(text).region(start, text.length());
        if (!code.lookingAt()) {
            return -1;
        }
        String found = LetterIds.upper(text, start, code.end()).replace(" ", "");
        int sum = 0;
        for (int i = 0; i < found.length() - 1; i++) {
            int value = Character.digit(found.charAt(i), 36);
            int place = value > 9 ? value - 10 : value;
            sum += i % 2 == 0 ? ODD[place] : place;
        }
        return sum % 26 == found.charAt(found.length() - 1) - 'A' ? code.end() : -1;
    }

    private static int endOfCorsicanNir(String text, int start) {
        Matcher nir = CORSICAN_NIR.matcher(text).region(start, text.length());
        if (!nir.lookingAt()) {
            return -1;
        }
        String found = LetterIds.upper(nir.group(), 0, nir.group().length());
        return isNir(digitsOf(found.replace("2A", "19").replace("2B", "18"))) ? nir.end() : -1;
    }

    private static String digitsOf(String text) {
        return text.replaceAll("[^0-9]", "");
    }

    static boolean isSsn(String digits) {
        if (digits.length() != 9) {
            return false;
        }
        int area = Integer.parseInt(digits.substring(0, 3));
        int group = Integer.parseInt(digits.substring(3, 5));
        if (area >= 900) {
            return group >= 50 && group <= 65
                    || group >= 70 && group <= 88
                    || group >= 90 && group <= 92
                    || group >= 94;
        }
        return area != 0 && area != 666 && group != 0 && !digits.endsWith("0000");
    }

    static boolean isSin(String digits) {
        return digits.length() == 9
                && digits.charAt(0) != '0'
                && digits.charAt(0) != '8'
                && CardNumbers.passesLuhn(digits);
    }

    static boolean isSteuerId(String digits) {
        if (digits.length() != 11 || digits.charAt(0) == '0') {
            return false;
        }
        var times = new int[10];
        int product = 10;
        for (int i = 0; i < 10; i++) {
            int digit = digits.charAt(i) - '0';
            times[digit]++;
            int sum = (digit + product) % 10;
            product = (sum == 0 ? 10 : sum) * 2 % 11;
        }
        int often = 0;
        int repeated = 0;
        for (int count : times) {
            often = Math.max(often, count);
            repeated += count > 1 ? 1 : 0;
        }
        return repeated == 1 && often <= 3 && (11 - product) % 10 == digits.charAt(10) - '0';
    }

    /** In digits alone; with the months that the register knows. */
    static boolean isNir(String digits) {
        if (digits.length() != 15 || digits.charAt(0) != '1' && digits.charAt(0) != '2') {
            return false;
        }
        int month = Integer.parseInt(digits.substring(3, 5));
        boolean known = month >= 1 && month <= 12 || month == 20 || month >= 30 && month <= 42;
        return known && 97 - Long.parseLong(digits.substring(0, 13)) % 97 == Long.parseLong(digits.substring(13));
    }

    static boolean isCpf(String digits) {
        return digits.length() == 11
                && digits.chars().distinct().count() > 1
                && cpfCheck(digits, 9) == digits.charAt(9) - '0'
                && cpfCheck(digits, 10) == digits.charAt(10) - '0';
    }

    private static int cpfCheck(String digits, int place) {
        int sum = 0;
        for (int i = 0; i < place; i++) {
            sum += (digits.charAt(i) - '0') * (place + 1 - i);
        }
        return sum * 10 % 11 % 10;
    }

    static boolean isPesel(String digits) {
        if (digits.length() != 11) {
            return false;
        }
        int sum = 0;
        for (int i = 0; i < 11; i++) {
            sum += (digits.charAt(i) - '0') * (i == 10 ? 1 : "1379".charAt(i % 4) - '0');
        }
        return sum % 10 == 0;
    }

    /** Whether digits alone pass as an id of some country, where words have asked for one among other things. */
    static boolean canBe(String digits) {
        return isSsn(digits)
                || isSin(digits)
                || isSteuerId(digits)
                || isNir(digits)
                || isCpf(digits)
                || isPesel(digits);
    }
}
