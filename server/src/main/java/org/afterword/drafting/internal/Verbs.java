package org.afterword.drafting.internal;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Verbs that name what is done in service work, and their past. */
final class Verbs {
    private static final Map<String, String> IRREGULAR = Map.ofEntries(
            Map.entry("buy", "bought"),
            Map.entry("send", "sent"),
            Map.entry("make", "made"),
            Map.entry("pay", "paid"),
            Map.entry("set", "set"),
            Map.entry("reset", "reset"),
            Map.entry("put", "put"),
            Map.entry("give", "gave"),
            Map.entry("take", "took"),
            Map.entry("write", "wrote"),
            Map.entry("withdraw", "withdrew"),
            Map.entry("hold", "held"),
            Map.entry("freeze", "froze"));

    private static final Set<String> REGULAR = Set.of(
            "activate",
            "add",
            "adjust",
            "apply",
            "approve",
            "arrange",
            "assign",
            "block",
            "book",
            "cancel",
            "change",
            "charge",
            "close",
            "collect",
            "complete",
            "confirm",
            "correct",
            "create",
            "credit",
            "deactivate",
            "decline",
            "delete",
            "disable",
            "dispatch",
            "enable",
            "enroll",
            "escalate",
            "extend",
            "file",
            "fix",
            "install",
            "issue",
            "link",
            "mail",
            "merge",
            "move",
            "notify",
            "open",
            "order",
            "play",
            "post",
            "process",
            "purchase",
            "refund",
            "register",
            "reject",
            "release",
            "remove",
            "renew",
            "rent",
            "replace",
            "report",
            "request",
            "reschedule",
            "reserve",
            "resolve",
            "restart",
            "restore",
            "return",
            "schedule",
            "ship",
            "start",
            "stop",
            "submit",
            "suspend",
            "transfer",
            "unblock",
            "unlock",
            "update",
            "upgrade",
            "verify",
            "waive");

    /** Verbs that only look at something. */
    private static final Set<String> LOOKING = Set.of("lookup", "check", "query", "view", "list", "browse", "see");

    private static final Set<String> SEARCHING = Set.of("find", "search", "look");

    private Verbs() {}

    /** "reserve" → "reserved"; nothing for a word that is no verb of doing. */
    static Optional<String> pastOf(String verb) {
        if (IRREGULAR.containsKey(verb)) {
            return Optional.of(IRREGULAR.get(verb));
        }
        if (!REGULAR.contains(verb)) {
            return Optional.empty();
        }
        if (verb.endsWith("e")) {
            return Optional.of(verb + "d");
        }
        if (verb.endsWith("y")) {
            boolean vowel = "aeiou".indexOf(verb.charAt(verb.length() - 2)) >= 0;
            return Optional.of(vowel ? verb + "ed" : verb.substring(0, verb.length() - 1) + "ied");
        }
        boolean doubled = Set.of("stop", "ship", "transfer").contains(verb);
        return Optional.of(verb + (doubled ? verb.substring(verb.length() - 1) : "") + "ed");
    }

    /** Whether it only looks at something. */
    static boolean isLooking(String verb) {
        return LOOKING.contains(verb) || SEARCHING.contains(verb);
    }

    /** Whether it looks for something that may or may not be there. */
    static boolean isSearching(String verb) {
        return SEARCHING.contains(verb);
    }
}
