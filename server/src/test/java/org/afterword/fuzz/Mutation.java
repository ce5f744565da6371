package org.afterword.fuzz;

import static org.afterword.fuzz.Rubbish.chance;
import static org.afterword.fuzz.Rubbish.one;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.afterword.platform.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes something wrong of something right: in the structure of a document, in its text, and in its bytes. */
final class Mutation {
    private static final List<String> PIECES = List.of(
            "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u", "\0", "null", "-", "e", "9", "\n", "\t", "\ufeff", "&a ",
            "*a ", "<<: ", "!!", "---\n", "%", "#");
    private static final List<Charset> CHARSETS = List.of(
            StandardCharsets.UTF_16,
            StandardCharsets.UTF_16LE,
            StandardCharsets.ISO_8859_1,
            Charset.forName("UTF-32"),
            Charset.forName("windows-1252"));
    private static final List<byte[]> ODD_BYTES = List.of(
            new byte[] {0},
            new byte[] {(byte) 0xff, (byte) 0xfe},
            new byte[] {(byte) 0xc0, (byte) 0xaf},
            new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
            new byte[] {(byte) 0xf4, (byte) 0x90, (byte) 0x80, (byte) 0x80},
            new byte[] {(byte) 0x80},
            new byte[] {(byte) 0xef, (byte) 0xbb, (byte) 0xbf});

    private record Place(JsonNode holder, String name, int index) {
        JsonNode get() {
            return holder instanceof ObjectNode object ? object.get(name) : holder.get(index);
        }

        void set(JsonNode value) {
            if (holder instanceof ObjectNode object) {
                object.set(name, value);
            } else {
                ((ArrayNode) holder).set(index, value);
            }
        }

        void remove() {
            if (holder instanceof ObjectNode object) {
                object.remove(name);
            } else {
                ((ArrayNode) holder).remove(index);
            }
        }
    }

    private Mutation() {}

    /** Changes one to three places of a tree; the result can still be parsed if {@code wellFormed}. */
    static void ofStructure(ObjectNode tree, boolean wellFormed, Random random) {
        int times = 1 + random.nextInt(3);
        for (int i = 0; i < times; i++) {
            List<Place> places = new ArrayList<>();
            collect(tree, places);
            if (places.isEmpty()) {
                return;
            }
            mutate(one(random, places), places, wellFormed, random);
        }
    }

    private static void mutate(Place place, List<Place> all, boolean wellFormed, Random random) {
        JsonNode rubbish = wellFormed ? Rubbish.wellFormed(random) : Rubbish.json(random);
        switch (random.nextInt(9)) {
            case 0 -> place.remove();
            case 1 -> place.set(Json.mapper().createArrayNode().add(place.get()));
            case 2 -> place.set(one(random, all).get().deepCopy());
            case 3 -> {
                if (place.holder instanceof ObjectNode object) {
                    object.set(Rubbish.text(random), rubbish);
                } else {
                    ((ArrayNode) place.holder).add(rubbish);
                }
            }
            case 4 -> {
                if (place.holder instanceof ObjectNode && place.get().isString() && !wellFormed) {
                    // the same name once more
                    place.set(Rubbish.raw("%s,%s:%s"
                            .formatted(Json.write(place.get()), Json.write(place.name), Json.write(rubbish))));
                } else {
                    place.set(rubbish);
                }
            }
            case 5 -> {
                if (place.get().isString()) {
                    String text = place.get().asString();
                    place.set(Json.mapper().getNodeFactory().stringNode(ofText(text, random)));
                } else {
                    place.set(rubbish);
                }
            }
            default -> place.set(rubbish);
        }
    }

    private static void collect(JsonNode node, List<Place> places) {
        if (node instanceof ObjectNode object) {
            object.properties().forEach(property -> {
                places.add(new Place(object, property.getKey(), -1));
                collect(property.getValue(), places);
            });
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                places.add(new Place(array, "", i));
                collect(array.get(i), places);
            }
        }
    }

    static String ofText(String text, Random random) {
        var changed = new StringBuilder(text);
        int times = 1 + random.nextInt(3);
        for (int i = 0; i < times; i++) {
            int at = random.nextInt(changed.length() + 1);
            int to = Math.min(changed.length(), at + 1 + random.nextInt(8));
            switch (random.nextInt(5)) {
                case 0 -> changed.insert(at, one(random, PIECES));
                case 1 -> changed.delete(at, to);
                case 2 -> changed.insert(at, changed.substring(at, to));
                case 3 -> changed.setLength(at);
                default -> changed.insert(at, Rubbish.text(random));
            }
        }
        return changed.toString();
    }

    static byte[] ofBytes(byte[] bytes, Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> new byte[0];
            case 1 ->
                one(random, CHARSETS)
                        .encode(new String(bytes, StandardCharsets.UTF_8))
                        .array();
            case 2 -> gzip(bytes);
            case 3 -> {
                byte[] changed = bytes.clone();
                for (int i = 0; i < 5 && changed.length > 0; i++) {
                    changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
                }
                yield changed;
            }
            case 4 -> Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
            default -> {
                int at = chance(random, 0.3) ? 0 : random.nextInt(bytes.length + 1);
                var changed = new ByteArrayOutputStream();
                changed.write(bytes, 0, at);
                changed.writeBytes(one(random, ODD_BYTES));
                changed.write(bytes, at, bytes.length - at);
                yield changed.toByteArray();
            }
        };
    }

    static byte[] gzip(byte[] bytes) {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    /** As JSON in UTF-8, now and then with more damage done. */
    static byte[] document(JsonNode tree, Random random) {
        String text = Json.write(tree);
        if (chance(random, 0.12)) {
            text = ofText(text, random);
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return chance(random, 0.08) ? ofBytes(bytes, random) : bytes;
    }
}
