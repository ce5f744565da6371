package org.afterword.fuzz;

import static org.afterword.fuzz.Rubbish.chance;
import static org.afterword.fuzz.Rubbish.one;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Each page and form, as somebody who is signed in, with all kinds of values for what it takes. */
final class PageInputs {
    static final String KIND = "page";

    /** A token of its own in both places, unmasked: what a page of another origin could not do, and a fuzzer can. */
    private static final String TOKEN_COOKIE = "XSRF-TOKEN=fuzz";

    private static final String TOKEN_FIELD = "_csrf=AAAAAGZ1eno%3D";

    private static final Pattern VARIABLE = Pattern.compile("\\{([^}/]+)}");
    private static final List<String> NO_PAGES =
            List.of("/api/", "/openapi", "/health", "/metrics", "/problems", "/error");

    /** It would end the sessions that the others need. */
    private static final Set<String> LEFT_OUT = Set.of("/account/sign-out-everywhere");

    private static final List<String> VALUES = List.of(
            "2026-03-02",
            "2026-02-30",
            "-999999999-01-01",
            "agent",
            "queue",
            "-handled",
            "OPEN",
            "EXPIRED",
            "delivered",
            "failed",
            "1",
            "true",
            "a0",
            "seed-1",
            "");

    private record Route(RequestMethod method, String path, List<String> parameters) {}

    private final World world;
    private final List<Route> routes;

    PageInputs(World world, RequestMappingHandlerMapping mapping) {
        this.world = world;
        routes = mapping.getHandlerMethods().entrySet().stream()
                .flatMap(handler -> routes(handler.getKey(), handler.getValue()))
                .toList();
        if (routes.size() < 12) {
            throw new AssertionError("there are only " + routes.size() + " pages");
        }
    }

    private static Stream<Route> routes(RequestMappingInfo info, HandlerMethod handler) {
        List<String> parameters = Stream.of(handler.getMethodParameters())
                .filter(parameter -> parameter.hasParameterAnnotation(RequestParam.class))
                .map(parameter -> parameter.getParameter().getName())
                .toList();
        return info.getPatternValues().stream()
                .filter(path -> NO_PAGES.stream().noneMatch(path::startsWith) && !LEFT_OUT.contains(path))
                .flatMap(path -> info.getMethodsCondition().getMethods().stream()
                        .map(method -> new Route(method, path, parameters)));
    }

    Input next(Random random) {
        Route route = one(random, routes);
        String path = World.PAGES
                + VARIABLE.matcher(route.path)
                        .replaceAll(match -> Matcher.quoteReplacement(variable(match.group(1), random)));
        List<String> pairs = new ArrayList<>();
        for (String parameter : route.parameters) {
            if (chance(random, 0.6)) {
                pairs.add(parameter + "=" + Input.encoded(value(parameter, random)));
            }
        }
        boolean isForm = route.method == RequestMethod.POST;
        Input.Builder input = Input.of(KIND, route.method.name(), isForm ? path : path + Input.query(pairs))
                .header("Accept", "text/html")
                .header("Cookie", "SESSION={token:session-%s}; %s".formatted(one(random, World.PEOPLE), TOKEN_COOKIE));
        if (!isForm) {
            return input.bare();
        }
        pairs.add(TOKEN_FIELD);
        return input.header("Content-Type", "application/x-www-form-urlencoded")
                .body(String.join("&", pairs).getBytes(StandardCharsets.US_ASCII));
    }

    private String variable(String name, Random random) {
        if (chance(random, 0.4)) {
            String text = shortened(Rubbish.text(random));
            return text.isEmpty() ? "%20" : Input.encoded(text);
        }
        return name.equals("agent") ? world.agent(random) : Input.encoded(world.interaction(random));
    }

    private String value(String parameter, Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> shortened(Rubbish.text(random));
            case 1 -> Rubbish.time(random);
            case 2 -> parameter.equals("cursor") ? world.known("cursor", "MQ", random) : Rubbish.number(random);
            default -> one(random, VALUES);
        };
    }

    private static String shortened(String text) {
        return text.length() > 600 ? text.substring(0, 600) : text;
    }
}
