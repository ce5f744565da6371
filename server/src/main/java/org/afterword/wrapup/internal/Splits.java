package org.afterword.wrapup.internal;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.afterword.desk.Desk;
import org.afterword.identity.Caller;
import org.afterword.platform.Ids;
import org.afterword.platform.Json;
import org.afterword.platform.ProblemException.Fault;
import org.afterword.platform.ProblemType;
import org.afterword.platform.Tenancy;
import org.afterword.wrapup.WrapUp;
import org.afterword.wrapup.WrapUpId;
import org.afterword.wrapup.WrapUpView;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Splits wrap-ups of contacts that concerned several cases or customers, so that each has a record of its own. */
@Service
class Splits {
    private static final int LONGEST_VALUE = 500;

    private final Tenancy tenancy;
    private final Desk desk;
    private final Situations situations;
    private final RecordRepository records;
    private final WrapUpService wrapUps;
    private final InstantSource clock;

    Splits(
            Tenancy tenancy,
            Desk desk,
            Situations situations,
            RecordRepository records,
            WrapUpService wrapUps,
            InstantSource clock) {
        this.tenancy = tenancy;
        this.desk = desk;
        this.situations = situations;
        this.records = records;
        this.wrapUps = wrapUps;
        this.clock = clock;
    }

    /** @param begun false where the same had been split off before */
    record Part(WrapUpView wrapUp, boolean begun) {}

    /**
     * Begins a further record of the same leg.
     *
     * @param customer of the record, in its shape; null = the person says later
     * @param ofCase   one of the record's cases; null = the person says later. What names the same as an earlier part is that part
     */
    Part split(Caller caller, WrapUpId id, @Nullable ObjectNode customer, @Nullable ObjectNode ofCase) {
        return tenancy.in(caller.tenant(), () -> {
            desk.lockAheadFound(WrapUpRepository.AGENTS, caller.tenant().value(), new String[] {id.value()});
            WrapUp named = wrapUps.writable(caller, id);
            ObjectNode given = given(customer, ofCase);
            Instant now = clock.instant();
            Situations.Loaded before = situations.load(List.of(named.agent()), List.of(named.interaction()), now);
            Situation situation = before.of(named.agent());
            WrapUp first = situation.firstOf(situation.get(id));
            Optional<WrapUp> known = find(situation.partsOf(first), given);
            if (known.isPresent()) {
                return new Part(wrapUps.view(caller, known.get()), false);
            }
            var newId = new WrapUpId(Ids.at(now));
            RecordView typed = StoredRecord.empty(newId).view().typed(given, caller.actor(), now);
            Situation after = SplitRules.split(
                    situation, id, newId, Parts.of(typed.record()).keySet());
            if (!given.isEmpty()) {
                records.put(tenancy.current(), StoredRecord.empty(newId).next(typed.record(), typed.provenance()), now);
            }
            Map<String, Object> told = Map.of(
                    "partOf",
                    first.id().value(),
                    "parts",
                    List.copyOf(Parts.of(typed.record()).keySet()));
            situations.store(before, List.of(after), Deed.of(caller, newId, told), now);
            return new Part(wrapUps.view(caller, after.get(newId)), true);
        });
    }

    /** The one that still says what is given now: whoever asks again, because the answer was lost, gets that. */
    private Optional<WrapUp> find(List<WrapUp> parts, ObjectNode given) {
        if (given.isEmpty()) {
            return Optional.empty();
        }
        Map<WrapUpId, StoredRecord> stored = records.load(
                        tenancy.current(), parts.stream().map(WrapUp::id).toList())
                .get();
        return parts.stream()
                .filter(part -> {
                    StoredRecord record = stored.get(part.id());
                    return record != null
                            && record.record().path("customer").equals(given.path("customer"))
                            && record.record().path("cases").equals(given.path("cases"));
                })
                .findFirst();
    }

    /** What is given, in the shape of a record. */
    private ObjectNode given(@Nullable ObjectNode customer, @Nullable ObjectNode ofCase) {
        var faults = new ArrayList<Fault>();
        ObjectNode given = Json.object();
        if (customer != null && !customer.isEmpty()) {
            texts("#/customer", customer, faults);
            given.set("customer", customer);
        }
        if (ofCase != null) {
            texts("#/case", ofCase, faults);
            if (ofCase.path("id").asString("").isBlank()) {
                faults.add(new Fault("#/case/id", "is required: the case as its system names it"));
            }
            given.putArray("cases").add(ofCase);
        }
        WrapUpService.refuse(ProblemType.INVALID, null, faults);
        return wrapUps.redacted(given);
    }

    private static void texts(String at, ObjectNode values, List<Fault> faults) {
        values.properties().forEach(member -> {
            JsonNode value = member.getValue();
            if (!value.isString() || value.asString().length() > LONGEST_VALUE) {
                faults.add(new Fault(
                        at + Parts.pointer(member.getKey()),
                        "must be a text of %d characters at most".formatted(LONGEST_VALUE)));
            }
        });
    }
}
