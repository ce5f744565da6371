package org.afterword.identity.internal;

import java.util.List;
import org.afterword.identity.AgentId;
import org.afterword.identity.Caller;
import org.afterword.identity.NewUser;
import org.afterword.identity.Role;
import org.afterword.identity.User;
import org.afterword.identity.UserChange;
import org.afterword.identity.Users;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/users")
class UsersApi {
    /** All of them: a tenant's users are few enough for one answer. */
    record UserList(List<User> items) {}

    /** A user as it is sent, perhaps not whole. */
    record UserBody(
            @Nullable String userName,
            @Nullable String name,
            @Nullable Role role,
            @Nullable AgentId agentId,
            @Nullable String password) {
        NewUser whole() {
            if (userName == null || name == null || role == null || password == null) {
                throw new MissingValues()
                        .note("#/userName", userName)
                        .note("#/name", name)
                        .note("#/role", role)
                        .note("#/password", password)
                        .refusal();
            }
            return new NewUser(userName, name, role, agentId, password);
        }
    }

    private final Users users;

    UsersApi(Users users) {
        this.users = users;
    }

    @GetMapping
    UserList list(@AuthenticationPrincipal Caller caller) {
        caller.require(Role.ADMINISTRATOR);
        return new UserList(users.list(caller.tenant()));
    }

    @GetMapping("/{userId}")
    User get(@PathVariable String userId, @AuthenticationPrincipal Caller caller) {
        caller.require(Role.ADMINISTRATOR);
        return users.get(caller.tenant(), userId);
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    User create(@RequestBody UserBody user, @AuthenticationPrincipal Caller caller) {
        caller.require(Role.ADMINISTRATOR);
        return users.create(user.whole(), caller);
    }

    @PatchMapping("/{userId}")
    User change(@PathVariable String userId, @RequestBody UserChange change, @AuthenticationPrincipal Caller caller) {
        caller.require(Role.ADMINISTRATOR);
        return users.change(userId, change, caller);
    }
}
