package org.afterword.platform;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.afterword.platform.ProblemException.Fault;
import org.springframework.util.ClassUtils;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Says in words which value of a JSON document does not fit, and why; names no class of ours. */
public final class JsonFault {
    private JsonFault() {}

    public static Fault of(DatabindException failure) {
        return new Fault(pointer(failure), reason(failure));
    }

    private static String pointer(DatabindException failure) {
        var pointer = new StringBuilder("#");
        for (JacksonException.Reference step : failure.getPath()) {
            pointer.append('/').append(step.getPropertyName() == null ? step.getIndex() : step.getPropertyName());
        }
        return pointer.toString();
    }

    private static String reason(DatabindException failure) {
        if (failure.getCause() instanceof IllegalArgumentException refused && refused.getMessage() != null) {
            return refused.getMessage();
        }
        return switch (failure) {
            case UnrecognizedPropertyException unknown ->
                "there is no property '%s' here; it may have %s"
                        .formatted(unknown.getPropertyName(), unknown.getKnownPropertyIds());
            case InvalidFormatException wrong ->
                "'%s' is %s".formatted(wrong.getValue(), expected(wrong.getTargetType()));
            default -> "does not have the right form";
        };
    }

    private static String expected(Class<?> type) {
        if (type.isEnum()) {
            return Stream.of(type.getEnumConstants())
                    .map(constant -> Json.tree(constant).asString())
                    .collect(Collectors.joining(", ", "none of ", ""));
        }
        return Number.class.isAssignableFrom(ClassUtils.resolvePrimitiveIfNecessary(type))
                ? "no number of the right kind"
                : "no " + type.getSimpleName();
    }
}
