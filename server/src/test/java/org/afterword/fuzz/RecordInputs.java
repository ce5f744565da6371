package org.afterword.fuzz;

import static org.afterword.fuzz.Rubbish.chance;
import static org.afterword.fuzz.Rubbish.one;

import java.util.List;
import java.util.Random;
import org.afterword.platform.Json;
import tools.jackson.databind.node.ObjectNode;

/** What agents and supervisors do to wrap-ups, above all merge patches of records. */
final class RecordInputs {
    private static final String RECORD = """
            {"customer": {"id": "k1", "verifiedBy": "birthday"}, "cases": [{"system": "crm", "id": "4711", "status": "open"}],
             "summary": "Charged twice.", "issue": "Charge", "reasons": ["WRONG_CHARGE"], "actions": {"x1": "Refund of 25 dollars"},
             "resolution": "resolved", "resolutionText": "Done", "nextSteps": {"n1": "Wait"}, "disposition": "REFUND",
             "tags": ["VIP"], "fields": {"amount": "25", "a/b": 1, "yes": true}, "checklist": {"greeted": true},
             "sentiment": {"overall": 0.5, "start": -1, "end": 1},
             "followUps": {"f1": {"kind": "callback", "dueAt": "2026-03-31T14:30:00Z", "note": "call"}}}
            """;
    private static final List<String> TAGS = List.of(
            "\"0\"",
            "\"0\"",
            "\"0\"",
            "\"1\"",
            "\"2\"",
            "\"3\"",
            "0",
            "W/\"0\"",
            "*",
            "\"*\"",
            "",
            "\"",
            "\"-1\"",
            "\"9223372036854775808\"",
            "\"0\", \"1\"",
            "abc",
            "\"\u00e4\"",
            " 0 ");
    private static final List<String> BODY_TYPES = List.of(
            "application/merge-patch+json",
            "application/json",
            "application/json",
            "application/json",
            "application/json;charset=utf-16",
            "application/json-patch+json",
            "text/plain",
            "application/yaml",
            "",
            "application/json;charset=x");

    private final World world;

    RecordInputs(World world) {
        this.world = world;
    }

    Input next(Random random) {
        String agent = "a" + random.nextInt(World.ACTING);
        String id = world.known("wrapUp:" + agent, "none", random);
        String caller = chance(random, 0.85)
                ? agent
                : one(random, List.of(World.ADMINISTRATOR, "supervisor", World.INTEGRATION));
        String at = "/api/v1/wrap-ups/" + (chance(random, 0.95) ? id : Input.encoded(path(random)));
        return switch (random.nextInt(14)) {
            case 0 -> post("completion", at + "/completion", caller, completion(random), random);
            case 1 -> post("reopening", at + "/reopening", caller, Json.object(), random);
            case 2 ->
                post("extension", at + "/extensions", caller, Json.object().put("reason", "busy"), random);
            case 3 ->
                post(
                        "deferral",
                        at + "/deferral",
                        caller,
                        Json.object()
                                .put("reason", "later")
                                .put(
                                        "dueAt",
                                        world.clock.instant().plusSeconds(3600).toString())
                                .put("owner", "agent")
                                .set(
                                        "parts",
                                        Json.read(one(
                                                random, List.of("[]", "[\"/summary\"]", "[\"/disposition\", null]")))),
                        random);
            case 4 ->
                post(
                        "override",
                        at + "/override",
                        "supervisor",
                        Json.object()
                                .put("action", one(random, List.of("extend", "end", "defer", "reassign", "release")))
                                .put("reason", "long")
                                .put("seconds", 60)
                                .put("agentId", world.agent(random)),
                        random);
            case 5 ->
                post(
                        "revision",
                        at + "/revisions",
                        caller,
                        Json.object().put("reason", "typo").set("record", record(random)),
                        random);
            case 6 ->
                request(
                        "call type",
                        "PUT",
                        at + "/call-type",
                        caller,
                        Json.object().put("callType", "BILLING").put("escalated", chance(random, 0.5)),
                        random);
            case 7 ->
                chance(random, 0.5)
                        ? post("input", at + "/input", caller, Json.object(), random)
                        : post(
                                "request",
                                "/api/v1/agents/" + agent + "/wrap-up-request",
                                caller,
                                Json.object(),
                                random);
            default -> {
                ObjectNode body = Json.object();
                body.set("record", record(random));
                yield request("record patch", "PATCH", at, caller, body, random);
            }
        };
    }

    private static String path(Random random) {
        String text = Rubbish.text(random);
        return text.length() > 500 ? text.substring(0, 500) : text;
    }

    /** A few parts of a record, so that more than one in a hundred patches is taken; null here and there. */
    private static ObjectNode record(Random random) {
        var record = (ObjectNode) Json.read(RECORD);
        List<String> names = List.copyOf(record.propertyNames());
        for (String name : names) {
            if (chance(random, 0.75)) {
                record.remove(name);
            } else if (chance(random, 0.1)) {
                record.putNull(name);
            }
        }
        return record;
    }

    private static ObjectNode completion(Random random) {
        ObjectNode body =
                Json.object().put("next", "AVAILABLE").put("reason", "fine").put("draftId", "d1");
        if (chance(random, 0.8)) {
            body.remove("draftId");
        }
        body.putArray("unconfirmed").add("/summary");
        return body.set("record", record(random).put("disposition", "REFUND"));
    }

    private static Input post(String kind, String at, String caller, ObjectNode body, Random random) {
        return request(kind, "POST", at, caller, body, random);
    }

    private static Input request(String kind, String method, String at, String caller, ObjectNode body, Random random) {
        if (chance(random, 0.85)) {
            Mutation.ofStructure(body, chance(random, 0.6), random);
        }
        Input.Builder input = Input.of(kind, method, at)
                .as(caller)
                .header("Content-Type", chance(random, 0.9) ? "application/json" : one(random, BODY_TYPES));
        if (chance(random, 0.95)) {
            input.header(
                    "If-Match",
                    chance(random, 0.97)
                            ? one(random, TAGS)
                            : Rubbish.one(random, List.of("%00", "\"\u00ff\"", "x".repeat(2000))));
        }
        byte[] document = Mutation.document(body, random);
        return chance(random, 0.05) ? input.chunked(document, random) : input.body(document);
    }
}
