package org.afterword.e2e.faults;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;

/** What the program was told and what it answered: by this it is measured in the end. */
final class Ledger {
    /** One agent's part of a call. */
    record Leg(String call, String agent) {}

    /** The record of a wrap-up as its agent last saw it stored. */
    record Text(String summary) {}

    private final Set<String> sent = ConcurrentHashMap.newKeySet();
    private final Set<String> accepted = ConcurrentHashMap.newKeySet();
    private final ConcurrentMap<String, Integer> turns = new ConcurrentHashMap<>();
    private final Set<Leg> legs = ConcurrentHashMap.newKeySet();
    private final Set<Leg> ended = ConcurrentHashMap.newKeySet();
    private final ConcurrentMap<String, Text> typed = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Text> completed = new ConcurrentHashMap<>();
    private final Set<String> deferredByAgent = ConcurrentHashMap.newKeySet();
    private final ConcurrentLinkedQueue<String> violations = new ConcurrentLinkedQueue<>();

    void sent(String event) {
        sent.add(event);
    }

    void accepted(String event) {
        accepted.add(event);
    }

    /** Of this call, the turns below {@code count} were sent. */
    void said(String call, int count) {
        turns.merge(call, count, Math::max);
    }

    void legBegan(String call, String agent) {
        legs.add(new Leg(call, agent));
    }

    void legEnded(String call, String agent) {
        ended.add(new Leg(call, agent));
    }

    void typed(String wrapUp, String summary) {
        typed.put(wrapUp, new Text(summary));
    }

    void completed(String wrapUp, String summary) {
        completed.put(wrapUp, new Text(summary));
        typed.put(wrapUp, new Text(summary));
    }

    void reopened(String wrapUp) {
        completed.remove(wrapUp);
    }

    /** The program has said so; it may have been completed since. */
    void deferredByAgent(String wrapUp) {
        deferredByAgent.add(wrapUp);
    }

    /** Something that must not be was seen at once, and not by a look into the books. */
    void violated(String what) {
        violations.add(what);
    }

    Set<String> sent() {
        return sent;
    }

    Set<String> accepted() {
        return accepted;
    }

    Map<String, Integer> turns() {
        return turns;
    }

    Set<Leg> legs() {
        return legs;
    }

    Set<Leg> ended() {
        return ended;
    }

    Map<String, Text> typed() {
        return typed;
    }

    Map<String, Text> completed() {
        return completed;
    }

    Set<String> deferredByAgent() {
        return deferredByAgent;
    }

    List<String> violations() {
        return List.copyOf(violations);
    }
}
