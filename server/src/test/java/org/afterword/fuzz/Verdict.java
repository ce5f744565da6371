package org.afterword.fuzz;

import java.util.Set;
import org.afterword.platform.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** What an answer must be, whatever was asked. */
final class Verdict {
    private static final int SERVER_ERROR = 500;
    private static final int REFUSAL = 400;
    private static final int TAKEN = 202;

    /** A method or version of HTTP that the web server does not speak, which the protocol has answered with these. */
    private static final Set<Integer> NOT_OUR_HTTP = Set.of(501, 505);

    private Verdict() {}

    /** What is wrong with the answer; null if nothing is. */
    static @Nullable String on(Wire.Answer answer, Input input) {
        boolean foreign = !input.isHttp() && NOT_OUR_HTTP.contains(answer.status());
        if (answer.status() >= SERVER_ERROR && !foreign) {
            return "answered " + answer.status();
        }
        if (input.kind().equals(EventInputs.WHOLE_BATCH) && answer.status() != TAKEN) {
            return "answered %d: %s".formatted(answer.status(), answer.text());
        }
        if (answer.status() < REFUSAL || !input.isHttp() || isHead(input)) {
            return null;
        }
        String type = answer.header("content-type");
        if (input.kind().equals(PageInputs.KIND)) {
            return type.startsWith("text/html") && !answer.text().isBlank()
                    ? null
                    : "answered %d as '%s', not as a page".formatted(answer.status(), type);
        }
        if (!type.startsWith("application/problem+json")) {
            return "answered %d as '%s', not as problem details".formatted(answer.status(), type);
        }
        return problem(answer);
    }

    private static @Nullable String problem(Wire.Answer answer) {
        try {
            JsonNode problem = Json.read(answer.text());
            boolean named = !problem.path("detail").asString("").isBlank()
                    && !problem.path("title").asString("").isBlank()
                    && problem.path("type").asString("").startsWith("/problems/")
                    && problem.path("status").asInt(0) == answer.status();
            return named
                    ? null
                    : "answered %d with a problem that names nothing: %s".formatted(answer.status(), problem);
        } catch (JacksonException e) {
            return "answered %d with a problem that is no JSON".formatted(answer.status());
        }
    }

    private static boolean isHead(Input input) {
        byte[] request = input.request();
        return request.length > 4 && request[0] == 'H' && request[1] == 'E';
    }
}
