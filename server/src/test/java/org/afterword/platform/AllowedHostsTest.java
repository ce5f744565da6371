package org.afterword.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedHostsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://10.1.2.3/",
                "http://192.168.0.1/",
                "http://172.16.0.1/",
                "http://169.254.169.254/latest",
                "http://127.0.0.1/",
                "http://127.9.9.9/",
                "http://[::1]/",
                "http://0.0.0.0/",
                "http://100.64.0.1/",
                "http://[fd00::1]/",
                "http://[fe80::1]/",
                "http://[::ffff:10.0.0.1]/",
                "http://[64:ff9b::a00:1]/",
                "http://[64:ff9b:1::a00:1]/",
                "http://[2002:a00:1::]/",
                "http://[2001:0:53aa:64c::]/",
                "http://[::10.0.0.1]/",
                "http://[::ffff:127.0.0.1]/",
                "http://[::ffff:a9fe:a9fe]/",
                "http://[fec0::1]/",
                "http://[ff02::1]/",
                "http://[2001:db8::1]/",
                "http://192.0.2.1/",
                "http://0/",
                "http://2130706433/",
                "http://127.1/",
                "http://224.0.0.1/",
                "http://255.255.255.255/",
                "http://localhost/"
            })
    void anAddressThatIsNotPublicIsRefused(String url) throws UnknownHostException {
        assertThat(new AllowedHosts("hosts", List.of("*"), false).objectionToConnecting(URI.create(url)))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://8.8.8.8/", "https://[2606:4700::1111]/", "https://100.128.0.1/", "http://172.32.0.1"})
    void aPublicAddressIsTaken(String url) throws UnknownHostException {
        assertThat(new AllowedHosts("hosts", List.of("*"), false).objectionToConnecting(URI.create(url)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://8.8.8.8/",
                "file:///etc/passwd",
                "/hook",
                "https://ann:secret@8.8.8.8/",
                "mailto:a@b.c",
                "https://8.8.8.8:99999/"
            })
    void onlyPlainWebAddressesAreTaken(String url) {
        assertThat(new AllowedHosts("hosts", List.of("*"), true).objectionTo(URI.create(url)))
                .isPresent();
    }

    @Test
    void aListOfHostsShutsOutAllOthers() {
        var hosts = new AllowedHosts("hosts", List.of("crm.example.com", "*.hooks.example"), false);

        assertThat(hosts.objectionTo(URI.create("https://crm.example.com/x"))).isEmpty();
        assertThat(hosts.objectionTo(URI.create("https://CRM.example.com/x"))).isEmpty();
        assertThat(hosts.objectionTo(URI.create("https://eu.hooks.example/x"))).isEmpty();
        assertThat(hosts.objectionTo(URI.create("https://hooks.example/x"))).isPresent();
        assertThat(hosts.objectionTo(URI.create("https://evilhooks.example/x"))).isPresent();
        assertThat(hosts.objectionTo(URI.create("https://crm.example.com.evil.test/x")))
                .isPresent();
    }

    @Test
    void aHostThatIsNamedInFullMayBePrivate() throws UnknownHostException {
        var hosts = new AllowedHosts("hosts", List.of("10.1.2.3"), false);

        assertThat(hosts.objectionToConnecting(URI.create("http://10.1.2.3/"))).isEmpty();
        assertThat(hosts.objectionToConnecting(URI.create("http://10.1.2.4/"))).isPresent();
    }

    @Test
    void loopbackIsAllowedByItsOwnSettingWhateverTheList() throws UnknownHostException {
        var hosts = new AllowedHosts("hosts", List.of("crm.example.com"), true);

        assertThat(hosts.objectionToConnecting(URI.create("http://localhost:8090/")))
                .isEmpty();
        assertThat(hosts.objectionToConnecting(URI.create("http://127.0.0.1:8090/")))
                .isEmpty();
    }
}
