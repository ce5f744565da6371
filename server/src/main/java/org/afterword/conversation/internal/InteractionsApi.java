package org.afterword.conversation.internal;

import java.util.List;
import java.util.Optional;
import org.afterword.conversation.Conversations;
import org.afterword.conversation.InteractionAccess;
import org.afterword.conversation.InteractionId;
import org.afterword.conversation.Transcript;
import org.afterword.identity.AgentId;
import org.afterword.identity.Caller;
import org.afterword.identity.Role;
import org.afterword.platform.ProblemException;
import org.afterword.platform.ProblemType;
import org.afterword.platform.Tenancy;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.MediaTypeFactory;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What was said and recorded. An agent sees the contacts that are or were its own. */
@RestController
@RequestMapping("/api/v1/interactions/{interactionId}")
class InteractionsApi {
    private final Conversations conversations;
    private final List<InteractionAccess> accesses;
    private final RecordingFiles files;
    private final Tenancy tenancy;

    InteractionsApi(
            Conversations conversations,
            ObjectProvider<InteractionAccess> accesses,
            RecordingFiles files,
            Tenancy tenancy) {
        this.conversations = conversations;
        this.accesses = accesses.stream().toList();
        this.files = files;
        this.tenancy = tenancy;
    }

    @GetMapping("/transcript")
    TranscriptView transcript(@PathVariable InteractionId interactionId, @AuthenticationPrincipal Caller caller) {
        return TranscriptView.of(visible(interactionId, caller));
    }

    /** The audio, whole or the range that is asked for. */
    @GetMapping("/recordings/{number}")
    ResponseEntity<Resource> recording(
            @PathVariable InteractionId interactionId,
            @PathVariable int number,
            @AuthenticationPrincipal Caller caller) {
        List<Transcript.Recording> recordings = visible(interactionId, caller).recordings();
        String file = number < 0 || number >= recordings.size()
                ? null
                : recordings.get(number).file();
        Resource audio = file == null ? null : files.resource(caller.tenant(), file);
        if (audio == null || !audio.exists()) {
            throw ProblemException.notFound("audio file for recording", interactionId + "/" + number);
        }
        Optional<MediaType> type = MediaTypeFactory.getMediaType(audio).filter(InteractionsApi::isHeard);
        return ResponseEntity.ok()
                .contentType(type.orElse(MediaType.APPLICATION_OCTET_STREAM))
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        disposition(type.isPresent(), number).toString())
                .cacheControl(CacheControl.noStore())
                .body(audio);
    }

    /** What a sender names otherwise is handed out to be kept, and never shown as a page of ours. */
    private static boolean isHeard(MediaType type) {
        return type.getType().equals("audio");
    }

    private static ContentDisposition disposition(boolean heard, int number) {
        return (heard ? ContentDisposition.inline() : ContentDisposition.attachment())
                .filename("recording-" + number)
                .build();
    }

    private Transcript visible(InteractionId named, Caller caller) {
        return tenancy.in(caller.tenant(), () -> {
            InteractionId interaction = conversations.known(named);
            if (caller.role() == Role.AGENT) {
                requireOwn(interaction, caller);
            } else {
                caller.requireThat(caller.role().readsRecords());
            }
            return conversations
                    .transcript(caller, interaction)
                    .orElseThrow(() -> ProblemException.notFound("interaction", interaction.value()));
        });
    }

    private void requireOwn(InteractionId interaction, Caller caller) {
        AgentId agent = caller.agentId();
        if (agent == null || accesses.stream().noneMatch(access -> access.takesPart(agent, interaction))) {
            throw new ProblemException(
                    ProblemType.FORBIDDEN, "Interaction '%s' is not one of your contacts.".formatted(interaction));
        }
    }
}
