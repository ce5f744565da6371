package org.afterword.platform;

import java.time.DateTimeException;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A refusal that a caller can do something about; the edge turns it into RFC 9457 problem details. The detail names value
 * and place and never holds customer data.
 */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** @param pointer JSON pointer (URI fragment form) to the value, such as {@code #/record/disposition} */
    public record Fault(String pointer, String detail) {}

    private final ProblemType type;
    private final transient List<Fault> faults;
    private final transient Map<String, Object> members;

    public ProblemException(ProblemType type, String detail) {
        this(type, detail, List.of(), Map.of());
    }

    public ProblemException(ProblemType type, String detail, List<Fault> faults) {
        this(type, detail, faults, Map.of());
    }

    /** @param members further members of the problem document, such as the current state after a lost race */
    public ProblemException(ProblemType type, String detail, List<Fault> faults, Map<String, Object> members) {
        // where it was thrown tells nothing about a refusal, and of this kind there are many at a time
        super(detail, null, true, type != ProblemType.UNAVAILABLE);
        this.type = type;
        this.faults = List.copyOf(faults);
        this.members = Map.copyOf(members);
    }

    public static ProblemException notFound(String what, String id) {
        return new ProblemException(ProblemType.NOT_FOUND, "There is no %s '%s'.".formatted(what, id));
    }

    /** One value that cannot be taken. */
    public static ProblemException invalid(String pointer, String detail) {
        return new ProblemException(
                ProblemType.INVALID, "One value cannot be taken.", List.of(new Fault(pointer, detail)));
    }

    /** A value of a request as {@code parser} reads it; what the parser says against it becomes a fault at {@code pointer}. */
    public static <T> T parse(String pointer, Supplier<T> parser) {
        try {
            return parser.get();
        } catch (IllegalArgumentException | DateTimeException e) {
            throw invalid(pointer, String.valueOf(e.getMessage()));
        }
    }

    public ProblemType type() {
        return type;
    }

    public String detail() {
        String message = getMessage();
        return message == null ? type.title() : message;
    }

    public List<Fault> faults() {
        return faults;
    }

    public Map<String, Object> members() {
        return members;
    }

    /** The HTTP header {@code Retry-After} in seconds, where waiting helps; null otherwise. */
    public @Nullable Integer retryAfterSeconds() {
        return type == ProblemType.UNAVAILABLE ? 1 : null;
    }
}
