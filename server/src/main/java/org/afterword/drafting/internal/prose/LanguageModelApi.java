package org.afterword.drafting.internal.prose;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.math.BigDecimal;
import java.time.Instant;
import org.afterword.drafting.internal.prose.LanguageModelRepository.Use;
import org.afterword.identity.Caller;
import org.afterword.identity.Role;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Sets up the language model that writes the prose of drafts. */
@RestController
@RequestMapping("/api/v1/language-model")
class LanguageModelApi {
    /**
     * @param hasKey     the key itself is shown to nobody
     * @param restsUntil it did not work lately, and is not asked before then by the process that answers this; absent otherwise
     */
    record LanguageModelView(
            @JsonUnwrapped ModelSettings settings,
            boolean hasKey,
            Instant changedAt,
            @Nullable Instant restsUntil,
            UseView today,
            UseView month) {
        static LanguageModelView of(LanguageModels.Shown shown) {
            return new LanguageModelView(
                    shown.model().settings(),
                    shown.model().key() != null,
                    shown.model().changedAt(),
                    shown.restsUntil(),
                    UseView.of(shown.taken().today()),
                    UseView.of(shown.taken().month()));
        }
    }

    /** What calls took, in the tenant's day or month; those that run count with the most that they can take. */
    record UseView(long calls, long inputTokens, long outputTokens, double seconds, BigDecimal money) {
        static UseView of(Use use) {
            return new UseView(
                    use.calls(),
                    use.spent().inputTokens(),
                    use.spent().outputTokens(),
                    use.spent().time().toMillis() / 1e3,
                    use.money());
        }
    }

    /** @param reason what went wrong; null if nothing did */
    record ModelTestResult(
            boolean works,
            String outcome,
            @Nullable String reason,
            int calls,
            long inputTokens,
            long outputTokens,
            double seconds) {
        static ModelTestResult of(Writing writing) {
            return new ModelTestResult(
                    writing.written() != null,
                    writing.outcome().code(),
                    writing.reason(),
                    writing.calls(),
                    writing.spent().inputTokens(),
                    writing.spent().outputTokens(),
                    writing.spent().time().toMillis() / 1e3);
        }
    }

    private final LanguageModels models;

    LanguageModelApi(LanguageModels models) {
        this.models = models;
    }

    @GetMapping
    LanguageModelView get(@AuthenticationPrincipal Caller caller) {
        caller.require(Role.ADMINISTRATOR);
        return LanguageModelView.of(models.get(caller.tenant()));
    }

    @PutMapping
    LanguageModelView put(@RequestBody WantedModel wanted, @AuthenticationPrincipal Caller caller) {
        caller.require(Role.ADMINISTRATOR);
        return LanguageModelView.of(models.put(caller, wanted));
    }

    @PostMapping("/test")
    ModelTestResult test(@AuthenticationPrincipal Caller caller) {
        caller.require(Role.ADMINISTRATOR);
        return ModelTestResult.of(models.test(caller));
    }
}
