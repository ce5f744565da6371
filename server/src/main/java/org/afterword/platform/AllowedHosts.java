package org.afterword.platform;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Where the server lets itself be sent: an address that somebody types must not become a way into the network behind it.
 *
 * <p>A host that the setting names may be anywhere; one that only a pattern covers must have public addresses alone. The
 * addresses are looked up for each attempt, right before it; Java remembers them for longer than the attempt takes to
 * connect, so that it connects to what was checked.
 */
public final class AllowedHosts {
    private static final int LAST_PORT = 65_535;

    private final String setting;
    private final List<String> patterns;
    private final boolean loopbackAllowed;

    /**
     * @param setting  that has the patterns, for whoever is told that a host is not among them
     * @param patterns {@code crm.example.com}, {@code *.example.com} or {@code *}
     */
    public AllowedHosts(String setting, List<String> patterns, boolean loopbackAllowed) {
        this.setting = setting;
        this.patterns =
                patterns.stream().map(p -> p.strip().toLowerCase(Locale.ROOT)).toList();
        this.loopbackAllowed = loopbackAllowed;
    }

    /** Why nothing may be sent to {@code url} whatever its host's address is; empty if it may. */
    public Optional<String> objectionTo(URI url) {
        String scheme = url.getScheme();
        String host = url.getHost();
        if (scheme == null || !Set.of("http", "https").contains(scheme.toLowerCase(Locale.ROOT)) || host == null) {
            return Optional.of("only http and https addresses with a host are taken");
        }
        if (url.getUserInfo() != null) {
            return Optional.of("an address with a user or password in it is not taken");
        }
        if (url.getPort() == 0 || url.getPort() > LAST_PORT) {
            return Optional.of("%d is no port".formatted(url.getPort()));
        }
        if (patterns.stream().noneMatch(pattern -> covers(pattern, host.toLowerCase(Locale.ROOT)))
                && !isAllowedLoopback(host)) {
            return Optional.of("host '%s' is not among %s".formatted(host, setting));
        }
        return Optional.empty();
    }

    /**
     * As {@link #objectionTo}, and looks up the host's addresses.
     *
     * @throws UnknownHostException if the name has no address now
     */
    public Optional<String> objectionToConnecting(URI url) throws UnknownHostException {
        Optional<String> objection = objectionTo(url);
        if (objection.isPresent() || patterns.contains(url.getHost().toLowerCase(Locale.ROOT))) {
            return objection;
        }
        return Arrays.stream(InetAddress.getAllByName(url.getHost()))
                .filter(address -> address.isLoopbackAddress() ? !loopbackAllowed : !isPublic(address))
                .map(address ->
                        "host '%s' has the address %s, which is not a public one; name the host in %s to allow it"
                                .formatted(url.getHost(), address.getHostAddress(), setting))
                .findFirst();
    }

    private static boolean covers(String pattern, String host) {
        return pattern.equals("*")
                || pattern.equals(host)
                || (pattern.startsWith("*.") && host.endsWith(pattern.substring(1)));
    }

    private boolean isAllowedLoopback(String host) {
        return loopbackAllowed && Set.of("localhost", "127.0.0.1", "[::1]").contains(host.toLowerCase(Locale.ROOT));
    }

    private static boolean isPublic(InetAddress address) {
        return !address.isAnyLocalAddress()
                && !address.isLoopbackAddress()
                && !address.isLinkLocalAddress()
                && !address.isSiteLocalAddress()
                && !address.isMulticastAddress()
                && SPECIAL.stream().noneMatch(range -> range.contains(address));
    }

    /** What {@link InetAddress} has no question for, from the IANA special-purpose address registries. */
    private static final List<Range> SPECIAL = List.of(
            Range.parse("0.0.0.0/8"), // this network
            Range.parse("100.64.0.0/10"), // behind a carrier's address translation
            Range.parse("192.0.0.0/24"), // protocol assignments
            Range.parse("192.0.2.0/24"), // documentation
            Range.parse("192.88.99.0/24"), // relays that are no more
            Range.parse("198.18.0.0/15"), // benchmarks
            Range.parse("198.51.100.0/24"), // documentation
            Range.parse("203.0.113.0/24"), // documentation
            Range.parse("240.0.0.0/4"), // reserved
            Range.parse("::/96"), // stands for an IPv4 address
            Range.parse("64:ff9b::/96"), // likewise
            Range.parse("64:ff9b:1::/48"), // likewise, within a network
            Range.parse("2002::/16"), // likewise
            Range.parse("2001::/23"), // protocol assignments, among them one that stands for IPv4 addresses
            Range.parse("100::/64"), // leads nowhere
            Range.parse("2001:db8::/32"), // documentation
            Range.parse("3fff::/20"), // documentation
            Range.parse("5f00::/16"), // steps within a network
            Range.parse("fc00::/7")); // unique local

    private record Range(InetAddress start, int bits) {
        static Range parse(String text) {
            int slash = text.indexOf('/');
            return new Range(
                    InetAddress.ofLiteral(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
        }

        boolean contains(InetAddress address) {
            byte[] mine = start.getAddress();
            byte[] other = address.getAddress();
            int shift = mine.length * 8 - bits;
            return mine.length == other.length
                    && new BigInteger(1, mine).shiftRight(shift).equals(new BigInteger(1, other).shiftRight(shift));
        }
    }
}
