package org.afterword.fuzz;

import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.afterword.platform.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.util.RawValue;

/** Values that programs stumble over. All of it comes from the {@link Random} that is handed in. */
final class Rubbish {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** As they stand in JSON: what Java's own texts and numbers cannot hold is among them. */
    private static final List<String> TOKENS = List.of(
            "0",
            "-0",
            "-1",
            "1",
            "0.1",
            "1e400",
            "-1e400",
            "1e-400",
            "1E+131072",
            "1e999999999",
            "1e-999999999",
            "2147483647",
            "2147483648",
            "-2147483649",
            "9223372036854775807",
            "9223372036854775808",
            "1.7976931348623157e308",
            "4.9e-324",
            "0.30000000000000004",
            "123456789012345678901234567890.123456789",
            "NaN",
            "Infinity",
            "-Infinity",
            "01",
            "+1",
            ".5",
            "1.",
            "0x10",
            "1_000",
            "null",
            "true",
            "false",
            "nul",
            "undefined",
            "[]",
            "{}",
            "[[]]",
            "[null]",
            "{\"\":null}",
            "[{}]",
            "{\"a\":{\"b\":{\"c\":[1,2,{\"d\":null}]}}}",
            "{\"a\":1,\"a\":2}",
            "[1,]",
            "{,}",
            "{\"a\":}",
            "'a'",
            "\"\"",
            "\" \"",
            "\"\\u0000\"",
            "\"a\\u0000b\"",
            "\"\\ud800\"",
            "\"\\udc00\\ud800\"",
            "\"\\ud83d\\ude00\"",
            "\"\\uD83D\"",
            "\"\\x41\"",
            "\"\\u12\"",
            "\"\\ufeff\"",
            "\"\\uffff\"",
            "\"\\u202e\"",
            "\"\u0001\"",
            "\"a\nb\"",
            "\"unterminated",
            "// comment",
            "/* */ 1",
            "\"2026-03-31\"",
            "\"2026-02-30T25:61:61Z\"");

    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "\t",
            "\n",
            "\r\n",
            "\0",
            "a\0b",
            "'",
            "\"",
            "`",
            "\\",
            "/",
            "//",
            "../..",
            "..%2f..",
            "%",
            "%%",
            "%s%n",
            "%00",
            "%zz",
            "%E0%80%80",
            "a/b",
            "a b",
            "a+b",
            "a;b=c",
            "a?b",
            "a#b",
            "a&b=c",
            "<script>alert(1)</script>",
            "${7*7}",
            "#{1}",
            "{{x}}",
            "@{x}",
            "' OR 1=1 --",
            "$1",
            "?",
            ":name",
            "*",
            "(",
            "[",
            "{",
            "~",
            "~1",
            "~0",
            "/record/~2",
            "\u0001\u0002",
            "\u007f",
            "\u0085",
            "\u2028",
            "\ufeffBOM",
            "\u202eright to left",
            "\u0645\u0631\u062d\u0628\u0627",
            "\ud83d\ude00\ud83d\udc69\u200d\ud83d\udcbb",
            "Z\u0351\u036b\u0343algo\u0341\u0348",
            "\u00e4\u00f6\u00fc\u00df",
            "a\u0308",
            "\u212b",
            "\u0130\u0131",
            "\ufb01",
            "\uffff",
            "\ufffd",
            "\ud800",
            "\udc00x",
            "null",
            "undefined",
            "NaN",
            "true",
            "0",
            "-1",
            "4111 1111 1111 1111",
            "4111-1111-1111-1111",
            "code 123",
            "2026-03-31T09:00:00Z",
            "P1D",
            "CON",
            "admin",
            "default",
            "\u0660\u0661\u0662",
            "\u2460",
            "1\u00a0000",
            "\u0000\u0000\u0000\u0000");

    private static final List<String> TIMES = List.of(
            "0000-01-01T00:00:00Z",
            "0001-01-01T00:00:00Z",
            "-0001-01-01T00:00:00Z",
            "1582-10-10T00:00:00Z",
            "1969-12-31T23:59:59.999Z",
            "1970-01-01T00:00:00Z",
            "9998-12-31T23:59:59Z",
            "9999-12-31T23:59:59.999999999Z",
            "+10000-01-01T00:00:00Z",
            "+294276-12-31T23:59:59Z",
            "+294277-01-01T00:00:00Z",
            "+999999999-12-31T23:59:59Z",
            "-999999999-01-01T00:00:00Z",
            "-4713-11-24T00:00:00Z",
            "2016-12-31T23:59:60Z",
            "2026-06-30T24:00:00Z",
            "2026-03-31T09:00:00+18:00",
            "2026-03-31T09:00:00-18:00",
            "2026-03-31T09:00:00+19:00",
            "2026-03-31T09:00:00-00:00",
            "2026-03-31T09:00:00",
            "2026-03-31",
            "09:00",
            "2026-03-31t09:00:00z",
            "2026-02-29T00:00:00Z",
            "2026-03-29T02:30:00+01:00",
            "2026-03-31T09:00:00.123456789012Z",
            "20260331T090000Z",
            "now",
            "infinity",
            "-infinity",
            "1774947600",
            "2026-W14-2",
            "2026-03-31T09:00:00Z[Europe/Berlin]",
            "1970-01-01T00:00:00+18:00",
            "9999-12-31T23:59:59-18:00");

    private static final int LONG = 100_000;

    private Rubbish() {}

    static <T> T one(Random random, List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    static boolean chance(Random random, double probability) {
        return random.nextDouble() < probability;
    }

    static String text(Random random) {
        return switch (random.nextInt(20)) {
            case 0 -> one(random, TEXTS).repeat(1 + random.nextInt(300));
            case 1 -> "x".repeat(random.nextInt(chance(random, 0.03) ? LONG : 1000));
            case 2 -> anyCharacters(random, 1 + random.nextInt(40));
            case 3 -> one(random, TIMES);
            case 4 -> number(random);
            case 5 -> one(random, TEXTS) + one(random, TEXTS);
            default -> one(random, TEXTS);
        };
    }

    static String time(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> text(random);
            case 1 ->
                Instant.ofEpochSecond(random.nextLong(-62_000_000_000L, 250_000_000_000L))
                        .toString();
            case 2 ->
                Instant.ofEpochSecond(random.nextLong(Instant.MIN.getEpochSecond(), Instant.MAX.getEpochSecond()))
                        .toString();
            default -> one(random, TIMES);
        };
    }

    static String number(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> Long.toString(random.nextLong());
            case 1 -> Double.toString(Double.longBitsToDouble(random.nextLong()));
            case 2 -> Integer.toString(random.nextInt(-2, 1002));
            default -> one(random, TOKENS.subList(0, 29));
        };
    }

    /** A value, well-formed or not, to stand anywhere in a document. */
    static JsonNode json(Random random) {
        return switch (random.nextInt(12)) {
            case 0, 1, 2 -> NODES.stringNode(text(random));
            case 3 -> NODES.stringNode(time(random));
            case 4 -> NODES.nullNode();
            case 5 -> list(random);
            case 6 ->
                raw(nested(chance(random, 0.02) ? LONG : random.nextInt(chance(random, 0.1) ? 1200 : 40), random));
            case 7 -> NODES.numberNode(random.nextInt(-3, 300));
            default -> raw(one(random, TOKENS));
        };
    }

    /** A value that any parser can read. */
    static JsonNode wellFormed(Random random) {
        return switch (random.nextInt(9)) {
            case 0, 1, 2 -> NODES.stringNode(text(random));
            case 3 -> NODES.stringNode(time(random));
            case 4 -> NODES.nullNode();
            case 5 -> list(random);
            case 6 ->
                raw(one(
                        random,
                        List.of(
                                "1e400",
                                "1E+131072",
                                "-1",
                                "0.1",
                                "9223372036854775808",
                                "1e-400",
                                "4.9e-324",
                                "-0",
                                "1e30000")));
            case 7 -> raw(nested(1 + random.nextInt(45), random));
            default ->
                raw(one(
                        random,
                        List.of(
                                "true",
                                "false",
                                "{}",
                                "[]",
                                "{\"\":null}",
                                "\"\\ud800\"",
                                "\"a\\u0000b\"",
                                "\"\\ufeff\"")));
        };
    }

    private static JsonNode list(Random random) {
        var list = Json.mapper().createArrayNode();
        int size = random.nextInt(chance(random, 0.05) ? 1000 : 5);
        for (int i = 0; i < size; i++) {
            list.add(chance(random, 0.5) ? NODES.stringNode(one(random, TEXTS)) : NODES.numberNode(random.nextInt()));
        }
        return list;
    }

    static String nested(int depth, Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> "[".repeat(depth) + "]".repeat(depth);
            case 1 -> "{\"a\":".repeat(depth) + "1" + "}".repeat(depth);
            default -> depth < 100 ? "[{\"\":".repeat(depth) + "0" + "}]".repeat(depth) : "[".repeat(depth);
        };
    }

    static JsonNode raw(String json) {
        return NODES.rawValueNode(new RawValue(json));
    }

    private static String anyCharacters(Random random, int count) {
        var text = new StringBuilder(count);
        for (int i = 0; i < count; i++) {
            text.appendCodePoint(chance(random, 0.5) ? random.nextInt(0x180) : random.nextInt(0x110000));
        }
        return text.toString();
    }
}
