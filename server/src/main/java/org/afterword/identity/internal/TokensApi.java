package org.afterword.identity.internal;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import org.afterword.identity.AgentId;
import org.afterword.identity.ApiToken;
import org.afterword.identity.Caller;
import org.afterword.identity.Role;
import org.afterword.identity.Tokens;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/tokens")
class TokensApi {
    /** All of them: a tenant's tokens are few enough for one answer. */
    record TokenList(List<ApiToken> items) {}

    /** A token as it is asked for, perhaps not with all it needs. */
    record TokenBody(
            @Nullable String name,
            @Nullable Role role,
            @Nullable AgentId agentId) {}

    /** @param token the text to send as {@code Authorization: Bearer}; shown this once */
    record IssuedToken(String token, @JsonUnwrapped ApiToken kept) {}

    private final Tokens tokens;

    TokensApi(Tokens tokens) {
        this.tokens = tokens;
    }

    @GetMapping
    TokenList list(@AuthenticationPrincipal Caller caller) {
        caller.require(Role.ADMINISTRATOR);
        return new TokenList(tokens.list(caller.tenant()));
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    IssuedToken issue(@RequestBody TokenBody wanted, @AuthenticationPrincipal Caller caller) {
        caller.require(Role.ADMINISTRATOR);
        String name = wanted.name();
        Role role = wanted.role();
        if (name == null || role == null) {
            throw new MissingValues().note("#/name", name).note("#/role", role).refusal();
        }
        Tokens.Issued issued = tokens.issue(name, role, wanted.agentId(), caller);
        return new IssuedToken(issued.text(), issued.token());
    }

    @DeleteMapping("/{tokenId}")
    ApiToken revoke(@PathVariable String tokenId, @AuthenticationPrincipal Caller caller) {
        caller.require(Role.ADMINISTRATOR);
        return tokens.revoke(tokenId, caller);
    }
}
