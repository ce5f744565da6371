package org.afterword.demo.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.afterword.demo.internal.ApiClient.Answer;
import org.afterword.platform.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Plays the agents who have no sign-in: each takes a human time over a wrap-up, in real seconds, then confirms it with what the
 * conversation was really about. Some ask for more time, put a record off, are too slow for the deadline, or take a break.
 */
final class SimulatedAgents {
    private static final Duration BEFORE_LOOKING = Duration.ofSeconds(1);
    private static final int LOOKS = 10;

    /** Median seconds over one wrap-up. */
    private static final double SECONDS_OF_A_JUNIOR = 33;

    private static final double SECONDS_OF_THE_OTHERS = 23;

    /** How much the seconds differ: the deviation of their logarithm, as is usual for the time people take. */
    private static final double SPREAD = 0.45;

    private static final Duration BEFORE_DEADLINE = Duration.ofSeconds(8);
    private static final double ASKS_FOR_MORE_TIME = 0.7;
    private static final double PUTS_OFF = 0.06;
    private static final double TAKES_A_BREAK = 0.05;
    private static final double FILLS_A_FIELD = 0.8;

    private static final String FIELD_POINTER = "#/record/fields/";

    private final Map<String, People.Agent> agents;
    private final Function<String, ApiClient.Session> desks;
    private final Agenda agenda;
    private final KnownCatalog catalog;
    private final Random random;

    /** @param desks the API as each agent may use it */
    SimulatedAgents(
            List<People.Agent> agents,
            Function<String, ApiClient.Session> desks,
            Agenda agenda,
            KnownCatalog catalog,
            Random random) {
        this.agents = agents.stream().collect(Collectors.toMap(People.Agent::id, Function.identity()));
        this.desks = desks;
        this.agenda = agenda;
        this.catalog = catalog;
        this.random = random;
    }

    /** What the agent does once its call has ended. */
    void wrapUp(String agent, String interaction, Truth truth) {
        look(agent, interaction, truth, LOOKS);
    }

    private void look(String agent, String interaction, Truth truth, int looks) {
        agenda.after(BEFORE_LOOKING, () -> {
            Optional<String> id = find(agent, interaction);
            if (id.isPresent()) {
                begin(new Task(agent, id.get(), truth));
            } else if (looks > 1) {
                look(agent, interaction, truth, looks - 1);
            }
        });
    }

    private record Task(String agent, String wrapUp, Truth truth) {
        String path() {
            return "/api/v1/wrap-ups/" + wrapUp;
        }
    }

    private Optional<String> find(String agent, String interaction) throws InterruptedException {
        JsonNode items = Refused.unlessOk(
                        "the list of wrap-ups",
                        desk(agent).get("/api/v1/wrap-ups?agentId=%s&interactionId=%s".formatted(agent, interaction)))
                .body()
                .path("items");
        return items.isEmpty()
                ? Optional.empty()
                : Optional.of(items.get(0).path("id").asString());
    }

    private void begin(Task task) throws InterruptedException {
        Duration writing = writing(task.agent());
        if (random.nextDouble() < PUTS_OFF) {
            agenda.after(writing.dividedBy(2), () -> putOff(task));
            return;
        }
        agenda.after(writing, () -> confirm(task));
        JsonNode deadline = get(task).body().path("deadline");
        if (deadline.isString() && random.nextDouble() < ASKS_FOR_MORE_TIME) {
            Duration left = Duration.between(agenda.now(), Instant.parse(deadline.asString()));
            if (writing.compareTo(left) > 0) {
                agenda.after(left.minus(BEFORE_DEADLINE), () -> askForMoreTime(task));
            }
        }
    }

    private Duration writing(String agent) {
        People.Agent who = agents.get(agent);
        boolean junior = who != null && who.level().equals("junior");
        double seconds =
                (junior ? SECONDS_OF_A_JUNIOR : SECONDS_OF_THE_OTHERS) * Math.exp(SPREAD * random.nextGaussian());
        return Duration.ofMillis(Math.round(1000 * Math.clamp(seconds, 6, 150)));
    }

    /** Refused where the policy gives no more; then the deadline comes. */
    private void askForMoreTime(Task task) throws InterruptedException {
        desk(task.agent()).post(task.path() + "/extensions", Json.object());
    }

    private void putOff(Task task) throws InterruptedException {
        ObjectNode deferral =
                Json.object().put("reason", "Will finish it later").put("owner", "agent");
        deferral.putArray("parts").add("/summary");
        desk(task.agent()).post(task.path() + "/deferral", deferral);
        finishLater(task);
    }

    private void finishLater(Task task) {
        agenda.after(Duration.ofSeconds(90 + random.nextInt(240)), () -> finish(task));
    }

    private void confirm(Task task) throws InterruptedException {
        Answer seen = get(task);
        if (isOwed(seen)) {
            finishLater(task);
        } else if (isHeld(seen)) {
            boolean takesBreak = random.nextDouble() < TAKES_A_BREAK;
            ObjectNode next = takesBreak
                    ? Json.object().put("next", "NOT_READY").put("reason", "break")
                    : Json.object().put("next", "AVAILABLE");
            complete(task, seen, next);
            if (takesBreak) {
                agenda.after(Duration.ofSeconds(60 + random.nextInt(120)), () -> comeBack(task.agent()));
            }
        }
    }

    /** Whoever finishes what was put off is somewhere else by now, and stays as they are. */
    private void finish(Task task) throws InterruptedException {
        Answer seen = get(task);
        if (isOwed(seen) || isHeld(seen)) {
            complete(task, seen, Json.object());
        }
    }

    private void complete(Task task, Answer seen, ObjectNode next) throws InterruptedException {
        Answer answer = tryToComplete(task, seen, next, Set.of());
        if (answer.status() == 412 || answer.status() == 422) {
            answer = tryToComplete(task, get(task), next, refusedFields(answer));
        }
        if (answer.status() != 409) {
            Refused.unlessOk("the completion", answer);
        }
    }

    private Answer tryToComplete(Task task, Answer seen, ObjectNode next, Set<String> refusedFields)
            throws InterruptedException {
        ObjectNode completion = next.deepCopy();
        completion.set("record", corrections(seen.body().path("record"), task.truth(), refusedFields));
        return desk(task.agent())
                .post(task.path() + "/completion", completion, seen.etag().orElseThrow());
    }

    private static Set<String> refusedFields(Answer answer) {
        return answer.body()
                .path("errors")
                .valueStream()
                .map(error -> error.path("pointer").asString(""))
                .filter(pointer -> pointer.startsWith(FIELD_POINTER))
                .map(pointer -> pointer.substring(FIELD_POINTER.length()))
                .collect(Collectors.toSet());
    }

    private void comeBack(String agent) throws InterruptedException {
        Refused.unlessOk(
                "the return from a break",
                desk(agent)
                        .put(
                                "/api/v1/agents/" + agent + "/state",
                                "application/json",
                                Json.object().put("state", "AVAILABLE").toString()));
    }

    // --- what the record should say

    /** A merge patch that makes the record true; what is right already is left as it is. */
    private ObjectNode corrections(JsonNode record, Truth truth, Set<String> refusedFields) {
        ObjectNode patch = Json.object();
        if (record.path("summary").asString("").isBlank()) {
            patch.put("summary", catalog.summary(truth));
        }
        if (!record.path("disposition").asString("").equals(truth.disposition())) {
            patch.put("disposition", truth.disposition());
        }
        if (!record.path("resolution").asString("").equals(truth.resolution())) {
            patch.put("resolution", truth.resolution());
        }
        if (!record.path("reasons").equals(Json.tree(truth.reasons()))) {
            patch.set("reasons", Json.tree(truth.reasons()));
        }
        patch.set("fields", fields(record.path("fields"), truth, refusedFields));
        return patch;
    }

    /** Fills in most of what is missing, and takes out what the product would not have. */
    private ObjectNode fields(JsonNode present, Truth truth, Set<String> refused) {
        ObjectNode fields = Json.object();
        truth.fields().forEach((name, forms) -> {
            boolean missing = present.path(name).isMissingNode();
            if (catalog.requires(name)
                    ? missing || refused.contains(name)
                    : missing && random.nextDouble() < FILLS_A_FIELD) {
                fields.put(name, forms.getFirst());
            }
        });
        refused.stream().filter(name -> !catalog.requires(name)).forEach(fields::putNull);
        return fields;
    }

    private static boolean isHeld(Answer wrapUp) {
        String status = wrapUp.body().path("status").asString("");
        return status.equals("OPEN") || status.equals("OVERDUE");
    }

    private static boolean isOwed(Answer wrapUp) {
        return wrapUp.body().path("status").asString("").equals("DEFERRED");
    }

    private Answer get(Task task) throws InterruptedException {
        return Refused.unlessOk("the wrap-up", desk(task.agent()).get(task.path()));
    }

    private ApiClient.Session desk(String agent) {
        return desks.apply(agent);
    }
}
