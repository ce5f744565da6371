package org.afterword.fuzz;

import static org.afterword.fuzz.Rubbish.chance;
import static org.afterword.fuzz.Rubbish.one;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Each documented GET with all kinds of values for its parameters, for others too, and for the variables of its path. */
final class QueryInputs {
    private static final Pattern VARIABLE = Pattern.compile("\\{([^}/]+)}");
    private static final List<String> KINDS =
            List.of("queues", "call-types", "policies", "forms", "tags", "not-ready-reasons", "nonsense");
    private static final List<String> ZONES = List.of(
            "UTC",
            "Europe/Berlin",
            "Asia/Kolkata",
            "+18:00",
            "-18:00",
            "+18:01",
            "GMT+5",
            "Z",
            "utc",
            "Mars/Base",
            "SystemV/EST",
            "US/Pacific-New",
            "EST");
    private static final List<String> ACCEPTED = List.of(
            "application/json",
            "*/*",
            "text/html",
            "application/yaml",
            "text/event-stream",
            "application/problem+json",
            "text/csv",
            "image/png",
            "application/json;q=0",
            "application/json;q=x",
            "a",
            "",
            ",",
            "application/json;charset=utf-16",
            "*/json",
            "text/html;q=0.5,*/*;q=0.1");

    private record Route(String path, List<JsonNode> parameters) {}

    private final World world;
    private final List<Route> routes = new ArrayList<>();

    QueryInputs(World world, JsonNode openApi) {
        this.world = world;
        openApi.path("paths").properties().forEach(path -> {
            JsonNode get = path.getValue().path("get");
            if (get.isObject()) {
                List<JsonNode> parameters = get.path("parameters")
                        .valueStream()
                        .filter(parameter -> parameter.path("in").asString("").equals("query"))
                        .toList();
                routes.add(new Route(path.getKey(), parameters));
            }
        });
        if (routes.size() < 20) {
            throw new AssertionError("the API documents only " + routes.size() + " addresses to get");
        }
        // those with parameters are where there is most to be wrong
        List<Route> richer =
                routes.stream().filter(route -> route.parameters.size() > 1).toList();
        Collections.nCopies(3, richer).forEach(routes::addAll);
    }

    Input next(Random random) {
        Route route = one(random, routes);
        String path = VARIABLE.matcher(route.path)
                .replaceAll(match -> Matcher.quoteReplacement(variable(match.group(1), random)));
        List<String> pairs = new ArrayList<>();
        for (JsonNode parameter : route.parameters) {
            boolean required = parameter.path("required").asBoolean(false);
            if (chance(random, required ? 0.97 : 0.4)) {
                String name = parameter.path("name").asString();
                pairs.add(name + "=" + value(name, parameter.path("schema"), random));
                if (chance(random, 0.04)) {
                    pairs.add(name
                            + one(random, List.of("=", "", "[]=1", "[0]=1", ".x=1"))
                            + value(name, parameter.path("schema"), random));
                }
            }
        }
        if (chance(random, 0.05)) {
            pairs.add(Input.encoded(shortened(Rubbish.text(random))) + "="
                    + Input.encoded(shortened(Rubbish.text(random))));
        }
        Input.Builder input = Input.of("query", chance(random, 0.97) ? "GET" : "HEAD", path + Input.query(pairs))
                .as(
                        chance(random, 0.8)
                                ? World.ADMINISTRATOR
                                : one(random, List.of("a0", "supervisor", World.INTEGRATION)));
        if (route.path.startsWith("/api/") && chance(random, 0.15)) {
            input.header(
                    "Accept", chance(random, 0.9) ? one(random, ACCEPTED) : latin(shortened(Rubbish.text(random))));
        }
        if (route.path.equals("/api/v1/stream") && chance(random, 0.7)) {
            input.header(
                    "Last-Event-ID",
                    chance(random, 0.4)
                            ? random.nextInt(1000) + "-" + random.nextLong()
                            : latin(shortened(chance(random, 0.5) ? Rubbish.number(random) : Rubbish.text(random))));
        }
        if (chance(random, 0.03)) {
            input.header(
                    one(
                            random,
                            List.of(
                                    "Range",
                                    "If-None-Match",
                                    "If-Modified-Since",
                                    "Accept-Language",
                                    "X-Forwarded-Proto",
                                    "X-Forwarded-Host",
                                    "X-Forwarded-Port",
                                    "Cookie",
                                    "Forwarded",
                                    "Origin")),
                    latin(shortened(Rubbish.text(random))));
        }
        return input.bare();
    }

    private String variable(String name, Random random) {
        if (chance(random, 0.3)) {
            String text = shortened(Rubbish.text(random));
            return text.isEmpty() ? "%20" : chance(random, 0.9) ? Input.encoded(text) : raw(text);
        }
        return switch (name) {
            case "kind" -> one(random, KINDS);
            case "interactionId" -> chance(random, 0.5) ? "seed-1" : world.interaction(random);
            case "number" -> Input.encoded(Rubbish.number(random));
            case "code" -> one(random, List.of("support", "BILLING", "REFUND", "none"));
            case "userId" -> world.known("user", "none", random);
            default -> chance(random, 0.5) ? world.known("wrapUp", "none", random) : "a0";
        };
    }

    private String value(String name, JsonNode schema, Random random) {
        if (chance(random, 0.35)) {
            String text = shortened(Rubbish.text(random));
            return chance(random, 0.9) ? Input.encoded(text) : raw(text);
        }
        if (schema.path("enum").isArray()) {
            return Input.encoded(
                    one(random, schema.path("enum").valueStream().toList()).asString(""));
        }
        String value = switch (name) {
            case "limit", "minutes" ->
                chance(random, 0.5) ? Integer.toString(1 + random.nextInt(100)) : Rubbish.number(random);
            case "from", "to" ->
                chance(random, 0.5)
                        ? world.clock
                                .instant()
                                .plusSeconds(random.nextInt(-7200, 7200))
                                .toString()
                        : Rubbish.time(random);
            case "zone" -> one(random, ZONES);
            case "cursor" -> cursor(random);
            case "groupBy" ->
                one(
                        random,
                        List.of(
                                "agent",
                                "team",
                                "queue",
                                "campaign",
                                "channel",
                                "callType",
                                "complexity",
                                "disposition",
                                "interval",
                                "hour",
                                "day",
                                "x"));
            case "sort" -> one(random, List.of("handled", "-handled", "key", "-key", "acwPercent", "-", "--key", "x"));
            case "format" -> one(random, List.of("json", "csv", "xlsx"));
            case "topics" -> one(random, List.of("desk", "desk,wrapUps", "queues,alerts", "", ",", "desk,desk", "x"));
            case "channel" -> one(random, List.of("voice", "chat", "VOICE", "fax"));
            case "state" -> one(random, List.of("AVAILABLE", "delivered", "waiting", "failed", "NOT_READY"));
            case "status" -> one(random, List.of("OPEN", "COMPLETED", "open"));
            case "agentId" -> world.agent(random);
            default -> chance(random, 0.5) ? "seed-1" : Rubbish.time(random);
        };
        return Input.encoded(value);
    }

    /** A real one, which somebody has bent. */
    private String cursor(Random random) {
        String cursor = world.known("cursor", "MQ", random);
        return chance(random, 0.3) ? cursor : shortened(Mutation.ofText(cursor, random));
    }

    /** Not encoded where it should be, but still one line that a web server reads as a request. */
    private static String raw(String text) {
        return text.replaceAll("[^!-~]|[\"<>\\\\^`{|}#?]", "%");
    }

    private static String latin(String text) {
        return text.replaceAll("[^ -~]", "\u00e4");
    }

    private static String shortened(String text) {
        return text.length() > 600 ? text.substring(0, 600) : text;
    }
}
