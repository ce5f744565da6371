package org.afterword.benchmarks;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A conversation as one agent has it: the events that a telephone system sends of it, from the first ring to hanging up. Every
 * second contact is put on hold once.
 *
 * @param steps in their order
 */
record Contact(String id, String agent, Conversation conversation, List<Step> steps) {
    private static final double RINGS_AT = 1;
    private static final double TALK_BEGINS_AT = 3;
    private static final double CUSTOMER_KNOWN_AT = 12;

    /**
     * @param seconds since the contact began
     * @param data    a JSON object
     */
    record Step(double seconds, String type, String name, String data) {}

    Contact {
        steps = List.copyOf(steps);
    }

    static Contact of(String id, String agent, Conversation conversation, boolean held) {
        var steps = new ArrayList<Step>();
        String byAgent = "{\"agentId\":\"%s\"}".formatted(agent);
        steps.add(new Step(
                0,
                "started",
                "started",
                "{\"channel\":\"voice\",\"direction\":\"inbound\",\"queue\":\"%s\"}".formatted(conversation.queue())));
        steps.add(new Step(RINGS_AT, "offered", "offered", byAgent));
        steps.add(new Step(TALK_BEGINS_AT, "connected", "connected", byAgent));
        steps.add(new Step(
                CUSTOMER_KNOWN_AT, "updated", "updated", "{\"customer\":%s}".formatted(conversation.customer())));
        for (int i = 0; i < conversation.turns().size(); i++) {
            steps.add(said(i, conversation.turns().get(i), agent));
        }
        for (int i = 0; i < conversation.actions().size(); i++) {
            Conversation.Action action = conversation.actions().get(i);
            steps.add(new Step(
                    TALK_BEGINS_AT + action.atSeconds(),
                    "action",
                    "action" + i,
                    "{\"name\":\"%s\",\"parameters\":%s,\"agentId\":\"%s\"}"
                            .formatted(action.name(), action.parameters(), agent)));
        }
        if (held) {
            double middle = TALK_BEGINS_AT + conversation.seconds() / 2;
            steps.add(new Step(middle, "held", "held", byAgent));
            steps.add(new Step(middle + 5, "resumed", "resumed", byAgent));
        }
        steps.add(new Step(TALK_BEGINS_AT + conversation.seconds(), "ended", "ended", "{\"endedBy\":\"customer\"}"));
        steps.sort(Comparator.comparingDouble(Step::seconds));
        return new Contact(id, agent, conversation, steps);
    }

    private static Step said(int number, Conversation.Turn turn, String agent) {
        String who = turn.speaker().equals("agent") ? ",\"agentId\":\"" + agent + "\"" : "";
        return new Step(
                TALK_BEGINS_AT + turn.endSeconds(),
                "said",
                "said" + number,
                "{\"turn\":%d,\"speaker\":\"%s\",\"text\":%s,\"startSeconds\":%s,\"endSeconds\":%s%s}"
                        .formatted(number, turn.speaker(), turn.text(), turn.startSeconds(), turn.endSeconds(), who));
    }

    double seconds() {
        return steps.getLast().seconds();
    }

    /** One step as a CloudEvent. */
    String event(Step step, Instant at) {
        return "{\"specversion\":\"1.0\",\"source\":\"/benchmark\",\"id\":\"" + id + "/" + step.name()
                + "\",\"type\":\"interaction." + step.type() + "\",\"subject\":\"" + id + "\",\"time\":\"" + at
                + "\",\"data\":" + step.data() + "}";
    }

    /** One step as a CloudEvent of a contact that began at {@code began}. */
    String eventOfContactSince(Instant began, Step step) {
        return event(step, began.plusMillis(Math.round(step.seconds() * 1000)));
    }
}
