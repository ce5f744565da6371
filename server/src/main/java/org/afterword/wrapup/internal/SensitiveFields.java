package org.afterword.wrapup.internal;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.afterword.catalog.Catalog;
import org.afterword.catalog.FormField;
import org.afterword.governance.Redactor;
import org.afterword.governance.Sealer;
import org.afterword.governance.Sealer.Sealed;
import org.afterword.platform.Json;
import org.afterword.platform.ProblemException;
import org.afterword.platform.Storable;
import org.afterword.platform.Tenancy;
import org.afterword.wrapup.SealedMask;
import org.afterword.wrapup.WrapUpId;
import org.springframework.stereotype.Service;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps the values of sensitive fields out of records: each is encrypted, and a mask stands in its place before anything else sees
 * the record. So whatever reads records, now or later, reads masks; {@link Reveal} alone answers a value. Decision 0032.
 */
@Service
class SensitiveFields {
    private static final String FIELDS = "fields";

    private final Sealer sealer;
    private final SealedFieldRepository sealed;
    private final Tenancy tenancy;
    private final Redactor redactor = new Redactor();

    SensitiveFields(Sealer sealer, SealedFieldRepository sealed, Tenancy tenancy) {
        this.sealer = sealer;
        this.sealed = sealed;
        this.tenancy = tenancy;
    }

    /**
     * What somebody typed into a record.
     *
     * @param redacted without what is never stored in the clear
     * @param plain    name → the text of each field as it came, of which only that of sensitive ones is used
     */
    record Typed(ObjectNode redacted, Map<String, String> plain) {
        @Override
        public String toString() {
            return redacted.toString();
        }
    }

    Typed read(ObjectNode sent) {
        Storable.make(sent);
        var plain = new LinkedHashMap<String, String>();
        sent.path(FIELDS).forEachEntry((name, value) -> {
            if (value.isValueNode() && !value.isNull()) {
                plain.put(name, value.asString(""));
            }
        });
        return new Typed((ObjectNode) redactor.redact(sent), plain);
    }

    /**
     * The patch with a mask in the place of each sensitive value, which is kept encrypted from now on. The same value again keeps its mask.
     *
     * @param record as it is stored
     */
    ObjectNode sealed(Typed typed, ObjectNode record, Catalog catalog, WrapUpId id, String actor, Instant now) {
        ObjectNode patch = typed.redacted.deepCopy();
        if (!(patch.get(FIELDS) instanceof ObjectNode fields)) {
            return patch;
        }
        Map<String, FormField> sensitive = catalog.sensitiveFields();
        typed.plain.forEach((name, value) -> {
            String mask = record.path(FIELDS).path(name).asString("");
            boolean isOurs = SealedMask.isOne(value);
            if (isOurs && !value.equals(mask)) {
                throw ProblemException.invalid(
                        "#/record" + Parts.pointer(FIELDS, name), "is the mask of another value, not a value");
            }
            FormField field = sensitive.get(name);
            if (field == null || isOurs || value.isBlank()) {
                return;
            }
            if (isNeverKept(field, value)) {
                fields.put(name, Redactor.SECURITY_CODE);
            } else {
                fields.put(
                        name,
                        find(id, record, name).filter(value::equals).isPresent()
                                ? mask
                                : seal(name, value, id, actor, now));
            }
        });
        return patch;
    }

    private boolean isNeverKept(FormField field, String value) {
        return Stream.of(field.name(), field.label())
                .map(called -> redactor.redact(Json.object().put(called, value)))
                .anyMatch(redacted -> redacted.toString().contains(Redactor.SECURITY_CODE));
    }

    private String seal(String name, String value, WrapUpId id, String actor, Instant now) {
        String mask = SealedMask.next();
        sealed.put(tenancy.current(), id, mask, name, sealer.seal(value, place(id, mask)), actor, now);
        return mask;
    }

    /** The value of a field of this record; empty if it holds none that is sealed. */
    Optional<String> find(WrapUpId id, ObjectNode record, String field) {
        String mask = record.path(FIELDS).path(field).asString("");
        return Optional.ofNullable(opened(id, Set.of(mask)).get(mask));
    }

    /** A copy of the record with the values that its masks stand for, to be checked and thrown away. */
    ObjectNode opened(WrapUpId id, ObjectNode record) {
        Set<String> masks = masksIn(record);
        if (masks.isEmpty()) {
            return record;
        }
        Map<String, String> values = opened(id, masks);
        ObjectNode opened = record.deepCopy();
        var fields = (ObjectNode) opened.path(FIELDS);
        record.path(FIELDS).forEachEntry((name, value) -> {
            String plain = values.get(value.asString(""));
            if (plain != null) {
                fields.put(name, plain);
            }
        });
        return opened;
    }

    private Map<String, String> opened(WrapUpId id, Set<String> masks) {
        var values = new LinkedHashMap<String, String>();
        Map<String, Sealed> found = sealed.load(
                tenancy.current(), id, masks.stream().filter(SealedMask::isOne).toList());
        found.forEach((mask, value) -> values.put(mask, sealer.open(value, place(id, mask))));
        return values;
    }

    /** Forgets what the record held before, where no revision keeps that. */
    void forgetReplaced(WrapUpId id, ObjectNode before, ObjectNode after) {
        Set<String> masks = masksIn(after);
        if (!masks.containsAll(masksIn(before))) {
            sealed.keepOnly(tenancy.current(), id, masks);
        }
    }

    private static Set<String> masksIn(ObjectNode record) {
        var masks = new LinkedHashSet<String>();
        record.path(FIELDS).forEachEntry((name, value) -> {
            if (SealedMask.isOne(value.asString(""))) {
                masks.add(value.asString(""));
            }
        });
        return masks;
    }

    private String place(WrapUpId id, String mask) {
        return "%s/%s/%s".formatted(tenancy.current(), id, mask);
    }
}
