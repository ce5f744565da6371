package org.afterword.fuzz;

import static org.afterword.fuzz.Rubbish.chance;
import static org.afterword.fuzz.Rubbish.one;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.afterword.platform.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** What administrators and connectors upload: the catalog, its entries, users, tokens, webhooks, connectors, reservations. */
final class DocumentInputs {
    private static final String CATALOG = "/api/v1/catalog";
    private static final String STARTER = starter();
    private static final ObjectNode STARTER_TREE =
            (ObjectNode) YAMLMapper.builder().build().readTree(STARTER);

    private static final List<String> BOMBS = List.of(
            "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\n"
                    + "e: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: &f [*e,*e,*e,*e,*e,*e,*e,*e,*e]\ntags: *f\n",
            "a: &a [*a]\ntags: *a\n",
            "tags: &t\n  - code: X\n    label: *t\n",
            "base: &base {code: X, label: X}\ntags:\n  - <<: *base\n",
            "tags: !!javax.script.ScriptEngineManager [!!java.net.URLClassLoader [[!!java.net.URL [\"http://localhost/\"]]]]\n",
            "!!java.util.HashMap {}\n",
            "tags: !!binary aGVsbG8=\n",
            "tags: !<tag:yaml.org,2002:str> x\n",
            "tags: !!set {a, b}\n",
            "tags: []\n---\ntags: []\n",
            "--- \n...\n---\n",
            "%YAML 9.9\n---\ntags: []\n",
            "%TAG ! tag:x,2002:\n---\n!a {}\n",
            "tags:\n\t- code: X\n",
            "? {a: b}\n: c\n",
            "? [a, b]\n: c\n",
            "~: x\n",
            "tags: |\n" + "  x\n".repeat(2000),
            "tags: \"" + "x".repeat(50_000) + "\"\n",
            "tags: [{code: X, label: X, code: Y}]\n",
            "tags: []\ntags: []\n",
            "tags: {code: X}\n",
            "tags: [{code: 0x1F, label: 1e3}, {code: 0o17, label: 1_000}, {code: no, label: 12:30:45}]\n",
            "tags: [{code: .inf, label: .nan}]\n",
            "tags: [{code: 2026-03-31, label: 2026-03-31T09:00:00Z}]\n",
            "# nothing\n",
            "*unknown\n",
            "&a &b x\n",
            "tags: [{code: \"\\u0000\", label: \"\\ud800\"}]\n",
            "\ufeff\ufefftags: []\n",
            "null\n",
            "\"");

    private static final List<String> ENTRIES = List.of(
            "tags {'code':'X','label':'X'}",
            "queues {'code':'q1','label':'Queue','requiredSkills':['en'],'callType':'BILLING'}",
            "teams {'code':'t1','label':'Team'}",
            "campaigns {'code':'spring','label':'Spring'}",
            "call-types {'code':'BILLING','label':'Billing','description':'Money','complexity':'LOW'}",
            "policies {'code':'P1','label':'Window','when':{'queue':'support'},'settings':{'mode':'TIMEBOXED','windowSeconds':60,'targetSeconds':45,'warningSeconds':10,'graceSeconds':5,'atDeadline':'OVERDUE','deferDueSeconds':3600,'extensions':{'count':2,'seconds':30,'reasonRequired':true},'requiredParts':['/disposition'],'requiredWhen':[{'resolution':'escalated','parts':['/nextSteps']}],'partSeconds':{'/summary':20},'overriddenBy':['supervisor'],'holdShare':1},'surge':{'windowSeconds':30}}",
            "reasons {'code':'R1','label':'Reason','description':'Why','callType':'BILLING'}",
            "dispositions {'code':'REFUND','label':'Refund','description':'Money back'}",
            "forms {'code':'F1','label':'Form','fields':[{'code':'amount','label':'Amount','type':'NUMBER','required':true}]}",
            "checklists {'code':'C1','label':'List','items':[{'code':'greeted','label':'Greeted','hints':['hello']}]}",
            "guides {'code':'G1','label':'Guide','steps':['ask']}",
            "templates {'code':'T1','label':'Template','text':'Dear customer'}",
            "abbreviations {'code':'cb','label':'callback','text':'callback'}",
            "not-ready-reasons {'code':'LUNCH','label':'Lunch'}");

    private final World world;

    DocumentInputs(World world) {
        this.world = world;
    }

    private static String starter() {
        try (InputStream in = DocumentInputs.class.getResourceAsStream("/catalog/starter.yaml")) {
            return new String(in == null ? new byte[0] : in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Input next(Random random) {
        return switch (random.nextInt(16)) {
            case 0, 1 -> yaml(random);
            case 2, 3 -> catalog(random);
            case 4, 5, 6, 7 -> entry(random);
            case 8 -> user(random);
            case 9 -> token(random);
            case 10 -> webhook(random);
            case 11 ->
                upload(
                        "connector",
                        "PUT",
                        "/api/v1/connectors/" + one(random, List.of("json-lines", "jsonl", "none")),
                        World.ADMINISTRATOR,
                        "{'enabled':true,'settings':{'url':'https://127.0.0.1/x','events':['wrapup.completed']}}",
                        random);
            case 12 ->
                upload(
                        "reservation",
                        "POST",
                        "/api/v1/routing/reservations",
                        World.INTEGRATION,
                        "{'channel':'chat','queue':'support','interactionId':'%s','ttlSeconds':5}"
                                .formatted(world.interaction(random)),
                        random);
            case 13 -> rejected(random);
            default ->
                upload(
                        "agent state",
                        "PUT",
                        "/api/v1/agents/" + (chance(random, 0.8) ? world.agent(random) : path(random)) + "/state",
                        World.ADMINISTRATOR,
                        "{'state':'%s','reason':'LUNCH','when':'now'}"
                                .formatted(one(random, List.of("AVAILABLE", "NOT_READY", "OFFLINE"))),
                        random);
        };
    }

    private Input yaml(Random random) {
        String document = switch (random.nextInt(4)) {
            case 0 -> one(random, BOMBS);
            case 1 -> one(random, BOMBS) + STARTER;
            case 2 ->
                chance(random, 0.1)
                        ? "tags: " + Rubbish.nested(chance(random, 0.2) ? 100_000 : 3000, random)
                        : one(random, BOMBS) + one(random, BOMBS);
            default -> Mutation.ofText(STARTER, random);
        };
        byte[] bytes = document.getBytes(StandardCharsets.UTF_8);
        return tagged(
                        Input.of("catalog in YAML", "PUT", CATALOG)
                                .as(World.ADMINISTRATOR)
                                .header(
                                        "Content-Type",
                                        one(
                                                random,
                                                List.of(
                                                        "application/yaml",
                                                        "text/yaml",
                                                        "application/x-yaml",
                                                        "application/yaml;charset=utf-16"))),
                        random)
                .body(chance(random, 0.1) ? Mutation.ofBytes(bytes, random) : bytes);
    }

    private static Input catalog(Random random) {
        ObjectNode tree = STARTER_TREE.deepCopy();
        Mutation.ofStructure(tree, chance(random, 0.5), random);
        return tagged(
                        Input.of("catalog in JSON", "PUT", CATALOG)
                                .as(World.ADMINISTRATOR)
                                .header("Content-Type", "application/json"),
                        random)
                .body(Mutation.document(tree, random));
    }

    private static Input.Builder tagged(Input.Builder input, Random random) {
        return chance(random, 0.1)
                ? input.header(
                        "If-Match", one(random, List.of("\"1\"", "*", "W/\"1\"", "x", "\"99999999999999999999\"", "")))
                : input;
    }

    private static Input entry(Random random) {
        String[] sample = one(random, ENTRIES).split(" ", 2);
        ObjectNode entry = (ObjectNode) Json.read(sample[1].replace('\'', '"'));
        String code = entry.path("code").asString();
        String at = "/api/v1/%s/%s".formatted(sample[0], chance(random, 0.85) ? code : path(random));
        if (chance(random, 0.1)) {
            return tagged(Input.of("catalog entry removed", "DELETE", at).as(World.ADMINISTRATOR), random)
                    .bare();
        }
        if (chance(random, 0.9)) {
            Mutation.ofStructure(entry, chance(random, 0.5), random);
        }
        return tagged(
                        Input.of("catalog entry", "PUT", at)
                                .as(World.ADMINISTRATOR)
                                .header("Content-Type", "application/json"),
                        random)
                .body(Mutation.document(entry, random));
    }

    /** Seldom one that is right: a password takes as long to hash as a hundred other inputs. */
    private Input user(Random random) {
        if (chance(random, 0.5)) {
            String id = world.known("user", "none", random);
            return upload(
                    "user changed",
                    "PATCH",
                    "/api/v1/users/" + (chance(random, 0.8) ? id : path(random)),
                    World.ADMINISTRATOR,
                    "{'name':'Ann','role':'agent','agentId':'a1','disabled':true,'password':'short'}",
                    random);
        }
        String password = chance(random, 0.05) ? "correct horse battery" : "short";
        return upload(
                "user",
                "POST",
                "/api/v1/users",
                World.ADMINISTRATOR,
                "{'userName':'u%d','name':'Ann','role':'agent','agentId':'a1','password':'%s'}"
                        .formatted(random.nextInt(1000), password),
                random);
    }

    private Input token(Random random) {
        if (chance(random, 0.7)) {
            return Input.of(
                            "token revoked",
                            "DELETE",
                            "/api/v1/tokens/"
                                    + (chance(random, 0.1) ? world.known("token", "none", random) : path(random)))
                    .as(World.ADMINISTRATOR)
                    .bare();
        }
        return upload(
                "token",
                "POST",
                "/api/v1/tokens",
                World.ADMINISTRATOR,
                "{'name':'T','role':'agent','agentId':'a1'}",
                random);
    }

    private static Input webhook(Random random) {
        if (chance(random, 0.2)) {
            return Input.of(
                            "webhook removed",
                            one(random, List.of("DELETE", "POST")),
                            "/api/v1/webhooks/" + path(random) + (chance(random, 0.5) ? "/test" : ""))
                    .as(World.ADMINISTRATOR)
                    .bare();
        }
        String url = one(
                random,
                List.of(
                        "https://127.0.0.1/",
                        "http://[::1]:9/",
                        "https://0x7f.1/",
                        "https://10.0.0.1",
                        "ftp://127.0.0.1/",
                        "//127.0.0.1",
                        "https://user:x@127.0.0.1:70000/",
                        "https:///",
                        "https://127.0.0.1/a b",
                        "file:///etc/passwd",
                        "https:127.0.0.1"));
        return upload(
                "webhook",
                "POST",
                "/api/v1/webhooks",
                World.ADMINISTRATOR,
                "{'url':'%s','events':['wrapup.completed','gate.leaked']}".formatted(url),
                random);
    }

    private Input rejected(Random random) {
        String id = chance(random, 0.7) ? world.known("rejected", "none", random) : path(random);
        return switch (random.nextInt(4)) {
            case 0 ->
                Input.of("rejected event removed", "DELETE", "/api/v1/events/rejected/" + id)
                        .as(World.ADMINISTRATOR)
                        .bare();
            case 1 ->
                Input.of(
                                "delivery retried",
                                "POST",
                                "/api/v1/deliveries/%s/retry".formatted(world.known("delivery", path(random), random)))
                        .as(World.ADMINISTRATOR)
                        .body(new byte[0]);
            case 2 ->
                Input.of("reservation cancelled", "DELETE", "/api/v1/routing/reservations/" + path(random))
                        .as(World.ADMINISTRATOR)
                        .bare();
            default ->
                Input.of("rejected event retried", "POST", "/api/v1/events/rejected/%s/retry".formatted(id))
                        .as(World.ADMINISTRATOR)
                        .body(new byte[0]);
        };
    }

    private static Input upload(String kind, String method, String at, String caller, String sample, Random random) {
        JsonNode body = Json.read(sample.replace('\'', '"'));
        if (chance(random, 0.9)) {
            Mutation.ofStructure((ObjectNode) body, chance(random, 0.6), random);
        }
        return Input.of(kind, method, at)
                .as(caller)
                .header("Content-Type", "application/json")
                .body(Mutation.document(body, random));
    }

    private static String path(Random random) {
        String text = Rubbish.text(random);
        return text.isEmpty() ? "%20" : Input.encoded(text.length() > 300 ? text.substring(0, 300) : text);
    }
}
