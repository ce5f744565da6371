package org.afterword.stream.internal;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Set;
import org.afterword.identity.Caller;
import org.afterword.platform.ProblemException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Each stream keeps its request's thread, which is a virtual one. */
@RestController
class StreamApi {
    private static final Logger log = LoggerFactory.getLogger(StreamApi.class);

    private final LiveStreams streams;
    private final SignIns signIns;
    private final InstantSource clock;

    StreamApi(LiveStreams streams, SignIns signIns, InstantSource clock) {
        this.streams = streams;
        this.signIns = signIns;
        this.clock = clock;
    }

    /** @param topics separated by commas; all if absent */
    @GetMapping("/api/v1/stream")
    void stream(
            @RequestParam(required = false) @Nullable String topics,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId,
            @AuthenticationPrincipal Caller caller,
            HttpServletRequest request,
            HttpServletResponse response) {
        Audience audience = Audience.of(caller, topicsOf(topics));
        response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Accel-Buffering", "no"); // or nginx would hold events back
        if (request.getMethod().equals(HttpMethod.HEAD.name())) {
            return; // there is nothing that could be heard
        }
        try {
            new Listener(
                            caller.tenant(),
                            audience,
                            streams,
                            clock,
                            StreamSettings.DEFAULT,
                            signIns.of(request, caller),
                            response.getOutputStream())
                    .serve(lastEventId);
        } catch (IOException e) {
            log.debug("A listener of tenant {} has gone", caller.tenant());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Set<Topic> topicsOf(@Nullable String topics) {
        return topics == null
                ? EnumSet.allOf(Topic.class)
                : ProblemException.parse("#/topics", () -> Topic.parse(topics));
    }
}
