package org.afterword.identity;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.afterword.identity.internal.PasswordRules;
import org.afterword.identity.internal.ShortMemory;
import org.afterword.identity.internal.SignInThrottle;
import org.afterword.identity.internal.UserRepository;
import org.afterword.platform.Ids;
import org.afterword.platform.ProblemException;
import org.afterword.platform.ProblemException.Fault;
import org.afterword.platform.ProblemType;
import org.afterword.platform.Tenancy;
import org.afterword.platform.TenantId;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * The people who sign in. Each call runs in the tenant's transaction, or in one of its own. What a change takes away is
 * gone at once where it was made and within five seconds elsewhere; with the password, and when a user is disabled, all
 * sessions of that user end.
 */
public final class Users {
    private static final Duration KEEP = Duration.ofSeconds(5);
    private static final int KEPT = 10_000;

    private static final Pattern USER_NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}._@+-]{0,99}");

    /** How the trail names whoever typed a user name that does not exist; the name itself may be a mistyped password. */
    private static final String NOBODY = "user:unknown";

    private record Key(TenantId tenant, String actor) {}

    private final UserRepository repository;
    private final Tenancy tenancy;
    private final PasswordEncoder passwords;
    private final List<AccessListener> listeners;
    private final InstantSource clock;
    private final ShortMemory<Key, Caller> callers;
    private final String hashOfNobody;
    private final SignInThrottle guesses;

    public Users(
            UserRepository repository,
            Tenancy tenancy,
            PasswordEncoder passwords,
            List<AccessListener> listeners,
            InstantSource clock) {
        this.repository = repository;
        this.tenancy = tenancy;
        this.passwords = passwords;
        this.listeners = List.copyOf(listeners);
        this.clock = clock;
        this.callers = new ShortMemory<>(KEPT, KEEP, clock);
        this.guesses = new SignInThrottle(clock);
        this.hashOfNobody = encode("a password that nobody has");
    }

    /** All users of a tenant, by user name. */
    public List<User> list(TenantId tenant) {
        return tenancy.in(tenant, () -> repository.list(tenant));
    }

    /** @throws ProblemException NOT_FOUND if the tenant has no such user */
    public User get(TenantId tenant, String userId) {
        return tenancy.in(tenant, () -> repository.find(tenant, userId))
                .orElseThrow(() -> ProblemException.notFound("user", userId));
    }

    /** @throws ProblemException INVALID naming every value that cannot be taken, or CONFLICT if the user name is taken */
    public User create(NewUser wanted, Caller by) {
        return create(by.tenant(), wanted, by.actor());
    }

    User create(TenantId tenant, NewUser wanted, String by) {
        var user = new User(
                Ids.at(clock.instant()),
                normalize(wanted.userName()),
                wanted.name().strip(),
                wanted.role(),
                wanted.agentId(),
                false,
                clock.instant());
        check(user, wanted.password());
        String hash = encode(wanted.password());
        return tenancy.in(tenant, () -> {
            if (!repository.insert(tenant, user, hash)) {
                throw new ProblemException(
                        ProblemType.CONFLICT, "The user name '%s' is taken.".formatted(user.userName()));
            }
            announce(new AccessEvent(by, AccessEvent.Kind.USER_CREATED, user.actor(), describe(user)));
            return user;
        });
    }

    /**
     * @throws ProblemException NOT_FOUND, INVALID naming every value that cannot be taken, or CONFLICT if no administrator
     *     would be left
     */
    public User change(String userId, UserChange change, Caller by) {
        String password = change.password();
        String hash = password == null ? null : encode(checked(password));
        return tenancy.in(by.tenant(), () -> change(by, userId, change, hash));
    }

    private User change(Caller by, String userId, UserChange change, @Nullable String hash) {
        tenancy.lock("user", List.of("all"));
        User old = get(by.tenant(), userId);
        User changed = apply(change, old);
        check(changed, change.password());
        repository.update(by.tenant(), changed, hash);
        if (isActiveAdministrator(old) && list(by.tenant()).stream().noneMatch(Users::isActiveAdministrator)) {
            throw new ProblemException(
                    ProblemType.CONFLICT, "'%s' is the last administrator.".formatted(old.userName()));
        }
        if (hash != null || changed.disabled()) {
            repository.endSessions(principalName(by.tenant(), changed.actor()));
        }
        Map<String, Object> details = describe(changed);
        details.put("passwordSet", hash != null);
        announce(new AccessEvent(by.actor(), AccessEvent.Kind.USER_CHANGED, changed.actor(), details));
        Tenancy.afterCommit(() -> callers.forget(new Key(by.tenant(), changed.actor())));
        return changed;
    }

    /**
     * A person's own new password. All sessions of that person end, the one of this call too.
     *
     * @throws ProblemException FORBIDDEN if the caller is no person, INVALID if {@code present} is not the password or
     *     {@code wanted} cannot be taken, TOO_MANY_REQUESTS after five wrong ones within five minutes
     */
    public void changeOwnPassword(Caller caller, String present, String wanted) {
        String userId = personOf(caller);
        UserRepository.WithHash known = tenancy.in(
                        caller.tenant(),
                        () -> repository
                                .find(caller.tenant(), userId)
                                .flatMap(user -> repository.findByName(caller.tenant(), user.userName())))
                .orElseThrow(() -> ProblemException.notFound("user", userId));
        guesses.attempt(caller.actor(), caller.tenant(), known.user().userName())
                .ifPresent(wait -> {
                    throw new ProblemException(
                            ProblemType.TOO_MANY_REQUESTS, "Too many attempts. Try again in a few minutes.");
                });
        if (!passwords.matches(present, known.hash())) {
            tenancy.run(
                    caller.tenant(),
                    () -> announce(new AccessEvent(
                            caller.actor(), AccessEvent.Kind.SIGN_IN_REFUSED, caller.actor(), Map.of())));
            throw new ProblemException(
                    ProblemType.INVALID,
                    "The present password is not right.",
                    List.of(new Fault("#/present", "is not right")));
        }
        guesses.succeeded(caller.actor(), caller.tenant(), known.user().userName());
        change(userId, new UserChange(null, null, null, null, wanted), caller);
    }

    /**
     * Ends all sessions of a person, wherever they are open.
     *
     * @throws ProblemException FORBIDDEN if the caller is no person
     */
    public void signOutEverywhere(Caller caller) {
        personOf(caller);
        tenancy.run(caller.tenant(), () -> {
            repository.endSessions(principalName(caller.tenant(), caller.actor()));
            announce(new AccessEvent(
                    caller.actor(), AccessEvent.Kind.SIGNED_OUT, caller.actor(), Map.of("everywhere", true)));
        });
    }

    private static String personOf(Caller caller) {
        if (!User.isUser(caller.actor())) {
            throw new ProblemException(ProblemType.FORBIDDEN, "This is for people: a token does not sign in.");
        }
        return User.idOf(caller.actor());
    }

    private static User apply(UserChange change, User old) {
        Role role = change.role() == null ? old.role() : change.role();
        AgentId agentId = change.agentId() != null ? change.agentId() : role == Role.AGENT ? old.agentId() : null;
        return new User(
                old.userId(),
                old.userName(),
                change.name() == null ? old.name() : change.name().strip(),
                role,
                agentId,
                change.disabled() == null ? old.disabled() : change.disabled(),
                old.createdAt());
    }

    private static boolean isActiveAdministrator(User user) {
        return user.role() == Role.ADMINISTRATOR && !user.disabled();
    }

    /**
     * The user of this name if the password is right and the user is not disabled. Takes equally long in every case, so
     * that it does not tell which names there are.
     */
    public Optional<User> signIn(TenantId tenant, String userName, String password) {
        String name = normalize(userName);
        Optional<UserRepository.WithHash> found = USER_NAME.matcher(name).matches()
                ? tenancy.in(tenant, () -> repository.findByName(tenant, name))
                : Optional.empty();
        boolean right = passwords.matches(
                password, found.map(UserRepository.WithHash::hash).orElse(hashOfNobody));
        Optional<User> welcome = found.map(UserRepository.WithHash::user).filter(user -> right && !user.disabled());
        String actor = found.map(known -> known.user().actor()).orElse(NOBODY);
        var kind = welcome.isPresent() ? AccessEvent.Kind.SIGNED_IN : AccessEvent.Kind.SIGN_IN_REFUSED;
        tenancy.run(tenant, () -> announce(new AccessEvent(actor, kind, actor, Map.of())));
        return welcome;
    }

    /** Tells the trail that somebody left. */
    public void signedOut(Caller caller) {
        tenancy.run(
                caller.tenant(),
                () -> announce(new AccessEvent(caller.actor(), AccessEvent.Kind.SIGNED_OUT, caller.actor(), Map.of())));
    }

    /** Who {@code actor} is now, at most five seconds old; empty if it is no user of this tenant, or a disabled one. */
    public Optional<Caller> findCaller(TenantId tenant, String actor) {
        var key = new Key(tenant, actor);
        return callers.find(key).or(() -> {
            Optional<Caller> caller = tenancy.in(tenant, () -> repository.find(tenant, User.idOf(actor)))
                    .filter(user -> !user.disabled())
                    .map(user -> user.caller(tenant));
            caller.ifPresent(known -> callers.keep(key, known));
            return caller;
        });
    }

    /** A user name as it is kept, whichever way it was typed. */
    public static String normalize(String userName) {
        return userName.strip().toLowerCase(Locale.ROOT);
    }

    /** What the session store knows a user's sessions by. */
    public static String principalName(TenantId tenant, String actor) {
        return tenant + "/" + actor;
    }

    private void announce(AccessEvent event) {
        listeners.forEach(listener -> listener.on(event));
    }

    private static Map<String, Object> describe(User user) {
        var details = new LinkedHashMap<String, Object>();
        details.put("userName", user.userName());
        details.put("name", user.name());
        details.put("role", user.role().code());
        details.put("disabled", user.disabled());
        if (user.agentId() != null) {
            details.put("agentId", user.agentId().value());
        }
        return details;
    }

    private String encode(String password) {
        String hash = passwords.encode(password);
        if (hash == null) {
            throw new IllegalStateException("the password encoder gave no hash");
        }
        return hash;
    }

    private static String checked(String password) {
        PasswordRules.objection(password).ifPresent(objection -> {
            throw new ProblemException(
                    ProblemType.INVALID, "The password cannot be taken.", List.of(new Fault("#/password", objection)));
        });
        return password;
    }

    private static void check(User user, @Nullable String password) {
        var faults = new ArrayList<Fault>();
        if (!USER_NAME.matcher(user.userName()).matches()) {
            faults.add(new Fault(
                    "#/userName", "must be 1 to 100 letters, digits or . _ @ + - and begin with a letter or digit"));
        }
        DisplayName.check(user.name()).ifPresent(faults::add);
        if (user.role() == Role.AGENT && user.agentId() == null) {
            faults.add(new Fault("#/agentId", "is required for role agent"));
        }
        if (user.role() != Role.AGENT && user.agentId() != null) {
            faults.add(new Fault(
                    "#/agentId",
                    "is for role agent alone, not for " + user.role().code()));
        }
        if (password != null) {
            PasswordRules.objection(password, user.userName(), user.name())
                    .ifPresent(objection -> faults.add(new Fault("#/password", objection)));
        }
        if (!faults.isEmpty()) {
            throw new ProblemException(ProblemType.INVALID, "The user cannot be saved like this.", faults);
        }
    }
}
