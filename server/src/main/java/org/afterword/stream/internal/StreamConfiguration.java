package org.afterword.stream.internal;

import java.time.InstantSource;
import org.afterword.identity.Tokens;
import org.afterword.identity.Users;
import org.afterword.platform.EventLog;
import org.afterword.platform.Storage;
import org.afterword.platform.Tenancy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.session.SessionRepository;

@Configuration(proxyBeanMethods = false)
class StreamConfiguration {
    @Bean
    LiveStreams liveStreams(Tenancy tenancy, EventLog eventLog, InstantSource clock, Storage storage) {
        var streams = new LiveStreams(tenancy, eventLog, clock, StreamSettings.DEFAULT);
        storage.onChange(state -> {
            if (state != Storage.State.WELL) {
                streams.endAll();
            }
        });
        return streams;
    }

    @Bean
    SignIns signIns(Tokens tokens, Users users, SessionRepository<?> sessions, InstantSource clock) {
        return new SignIns(tokens, users, sessions, clock);
    }
}
