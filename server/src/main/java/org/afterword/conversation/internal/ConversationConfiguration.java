package org.afterword.conversation.internal;

import java.nio.file.Path;
import java.time.InstantSource;
import org.afterword.conversation.Conversations;
import org.afterword.conversation.EventIntake;
import org.afterword.conversation.LiveCore;
import org.afterword.conversation.RejectedEvents;
import org.afterword.governance.Redactor;
import org.afterword.governance.Trail;
import org.afterword.platform.ClockLead;
import org.afterword.platform.DataFolder;
import org.afterword.platform.DueWork;
import org.afterword.platform.PipelinedJdbc;
import org.afterword.platform.Tenancy;
import org.afterword.platform.Tenants;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RecordingSettings.class)
class ConversationConfiguration {
    @Bean
    InteractionRepository interactionRepository(Tenancy tenancy, PipelinedJdbc jdbc) {
        return new InteractionRepository(tenancy, jdbc);
    }

    @Bean
    WordsRepository wordsRepository(Tenancy tenancy, PipelinedJdbc jdbc) {
        return new WordsRepository(tenancy, jdbc);
    }

    @Bean
    EventRepository eventRepository(Tenancy tenancy, PipelinedJdbc jdbc) {
        return new EventRepository(tenancy, jdbc);
    }

    @Bean
    Conversations conversations(InteractionRepository interactions, WordsRepository words, Trail trail) {
        return new Conversations(interactions, words, trail);
    }

    @Bean
    TurnRedaction turnRedaction(WordsRepository words) {
        return new TurnRedaction(new Redactor(), words);
    }

    @Bean
    BatchStore batchStore(
            Tenancy tenancy,
            EventRepository events,
            InteractionRepository interactions,
            WordsRepository words,
            ObjectProvider<LiveCore> cores,
            DueWork dueWork) {
        return new BatchStore(
                tenancy, events, interactions, words, cores.orderedStream().toList(), dueWork);
    }

    @Bean
    EventIntake eventIntake(TurnRedaction turns, BatchStore store, InstantSource clock, ClockLead lead) {
        return new EventIntake(new EventReader(new Redactor(), lead), turns, store, clock);
    }

    @Bean
    RejectedEvents rejectedEvents(EventRepository events, EventIntake intake, Tenancy tenancy, Trail trail) {
        return new RejectedEvents(events, intake, tenancy, trail);
    }

    @Bean
    RecordingFiles recordingFiles(RecordingSettings settings, DataFolder data) {
        Path folder = settings.folder();
        return new RecordingFiles(folder == null ? data.folder("recordings") : folder);
    }

    @Bean
    SetAsideFigures setAsideFigures(PipelinedJdbc jdbc, Tenancy tenancy, Tenants tenants) {
        return new SetAsideFigures(jdbc, tenancy, tenants);
    }

    @Bean
    Housekeeping conversationHousekeeping(
            TurnRedaction turns, EventRepository events, Tenancy tenancy, Tenants tenants, InstantSource clock) {
        return new Housekeeping(turns, events, tenancy, tenants, clock);
    }
}
