package org.afterword.stream.internal;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What a listener can ask for; an event may belong to several. */
enum Topic {
    DESK("desk", "agent.", "gate.leaked", "leg.", "rest.", "routing."),
    WRAP_UPS("wrapUps", "wrapup.", "draft."),
    QUEUES("queues", "queue."),
    ALERTS("alerts", "alert.", "gate.leaked", "wrapup.debt-overdue");

    private final String code;
    private final List<String> typePrefixes;

    Topic(String code, String... typePrefixes) {
        this.code = code;
        this.typePrefixes = List.of(typePrefixes);
    }

    boolean covers(String eventType) {
        return typePrefixes.stream().anyMatch(eventType::startsWith);
    }

    /** Reads {@code desk,wrapUps}; throws {@link IllegalArgumentException} that names what is not a topic. */
    static Set<Topic> parse(String codes) {
        var topics = EnumSet.noneOf(Topic.class);
        for (String code : codes.split(",", -1)) {
            topics.add(Arrays.stream(values())
                    .filter(topic -> topic.code.equals(code.strip()))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("there is no topic '%s', only %s"
                            .formatted(
                                    code,
                                    Arrays.stream(values()).map(t -> t.code).collect(Collectors.joining(", "))))));
        }
        return topics;
    }
}
