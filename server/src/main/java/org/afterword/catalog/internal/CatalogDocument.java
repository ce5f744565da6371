package org.afterword.catalog.internal;

import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.afterword.catalog.Catalog;
import org.afterword.catalog.internal.CatalogRepository.StoredItem;
import org.afterword.platform.Json;
import org.afterword.platform.JsonFault;
import org.afterword.platform.ProblemException;
import org.afterword.platform.ProblemException.Fault;
import org.afterword.platform.ProblemType;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/**
 * The catalog as a document in YAML or JSON. Reading is strict: a property that nobody knows is refused by name rather than
 * dropped in silence, for a typing error in a policy would go unnoticed until it counts.
 */
public final class CatalogDocument {
    /** The notation of a document. */
    public enum Notation {
        JSON,
        YAML
    }

    /** The pointer to a whole document. */
    static final String WHOLE = "#";

    private static final JsonMapper STRICT = Json.configure(JsonMapper.builder())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final String BYTE_ORDER_MARK = "\ufeff";
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER)
            .enable(YAMLWriteFeature.MINIMIZE_QUOTES)
            .build();

    private CatalogDocument() {}

    /** @throws ProblemException BAD_REQUEST if it is not of this notation, INVALID naming kind, code and value if it is no catalog */
    public static Catalog read(byte[] document, Notation notation) {
        return bind(parse(document, notation == Notation.JSON ? STRICT : YAML), WHOLE);
    }

    public static byte[] write(Catalog catalog, Notation notation) {
        return notation == Notation.JSON ? STRICT.writeValueAsBytes(catalog) : YAML.writeValueAsBytes(tree(catalog));
    }

    public static ObjectNode tree(Catalog catalog) {
        return STRICT.valueToTree(catalog);
    }

    /** Makes a catalog of what is stored, which may have been stored by another version of the program. */
    public static Catalog assemble(List<StoredItem> items) {
        ObjectNode document = Json.object();
        items.forEach(item -> document.withArrayProperty(item.kind()).add(item.item()));
        return Json.mapper().treeToValue(document, Catalog.class);
    }

    /** @throws ProblemException BAD_REQUEST if {@code body} is not a JSON object */
    static ObjectNode readItem(byte[] body) {
        return parse(body, STRICT);
    }

    private static ObjectNode parse(byte[] document, ObjectMapper mapper) {
        try {
            // the YAML parser fails where a long character lies across its buffer's end, whether it decodes or not
            JsonNode tree =
                    mapper == YAML ? YAML.readTree(new WholeCharacters(text(document))) : mapper.readTree(document);
            if (tree instanceof ObjectNode object) {
                return object;
            }
        } catch (JacksonException e) {
            throw new ProblemException(ProblemType.BAD_REQUEST, "%s (%s)".formatted(e.getOriginalMessage(), place(e)));
        }
        throw new ProblemException(ProblemType.BAD_REQUEST, "The document must be an object of lists.");
    }

    private static String text(byte[] document) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(document))
                    .toString();
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new ProblemException(ProblemType.BAD_REQUEST, "The document is not UTF-8.");
        }
    }

    private static String place(JacksonException e) {
        var location = e.getLocation();
        return location == null
                ? "place unknown"
                : "line %d, column %d".formatted(location.getLineNr(), location.getColumnNr());
    }

    /**
     * Makes a catalog of a document.
     *
     * @param root pointer to the part that the caller has sent; faults in it are named as seen from there
     * @throws ProblemException INVALID naming kind, code and value
     */
    static Catalog bind(ObjectNode document, String root) {
        refuseOddities(document, WHOLE);
        try {
            Catalog catalog = STRICT.treeToValue(document, Catalog.class);
            List<Fault> faults = PolicyCheck.faults(catalog).stream()
                    .map(fault -> new Fault(seenFrom(root, fault.pointer()), fault.detail()))
                    .toList();
            if (!faults.isEmpty()) {
                throw new ProblemException(ProblemType.INVALID, "The policies cannot be taken.", faults);
            }
            return catalog;
        } catch (DatabindException e) {
            Fault fault = JsonFault.of(e);
            throw ProblemException.invalid(seenFrom(root, fault.pointer()), holder(e, document) + fault.detail());
        }
    }

    private static String seenFrom(String root, String pointer) {
        boolean within = pointer.equals(root) || pointer.startsWith(root + "/");
        return within ? WHOLE + pointer.substring(root.length()) : WHOLE;
    }

    /** A list has no use for null, nor the database for a null character. */
    private static void refuseOddities(JsonNode node, String pointer) {
        if (node.isString() && node.asString().indexOf('\0') >= 0) {
            throw ProblemException.invalid(pointer, "has a null character in it");
        }
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            String place = pointer + "/" + i;
            if (node.get(i).isNull()) {
                throw ProblemException.invalid(place, "null stands where an entry belongs");
            }
            refuseOddities(node.get(i), place);
        }
        node.properties().forEach(property -> refuseOddities(property.getValue(), pointer + "/" + property.getKey()));
    }

    /** Names the entry that the fault is in, unless the fault does: {@code policies 'BILLING': }. */
    private static String holder(DatabindException e, ObjectNode document) {
        List<JacksonException.Reference> path = e.getPath();
        boolean namesItself = e.getCause() instanceof IllegalArgumentException;
        if (namesItself || path.size() < 2) {
            return "";
        }
        String kind = path.getFirst().getPropertyName();
        return Optional.ofNullable(kind)
                .map(document::get)
                .map(list -> list.get(path.get(1).getIndex()))
                .map(entry -> entry.get("code"))
                .map(code -> "%s '%s': ".formatted(kind, code.asString()))
                .orElse("");
    }

    /** Reads a text in pieces of any size, none of which ends within a pair of surrogates. */
    private static final class WholeCharacters extends Reader {
        private final String text;
        private int at;

        WholeCharacters(String text) {
            this.text = text;
        }

        @Override
        public int read(char[] buffer, int offset, int length) {
            if (at >= text.length()) {
                return -1;
            }
            int until = Math.min(text.length(), at + length);
            boolean splits = until < text.length() && Character.isHighSurrogate(text.charAt(until - 1));
            int end = splits && until - 1 > at ? until - 1 : until;
            text.getChars(at, end, buffer, offset);
            int read = end - at;
            at = end;
            return read;
        }

        @Override
        public void close() {}
    }
}
