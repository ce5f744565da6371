package org.afterword.drafting.internal;

import org.afterword.drafting.DraftingEngine;
import org.afterword.drafting.Embedder;
import org.afterword.platform.LowPriority;
import org.afterword.platform.ProcessorShare;
import org.afterword.platform.Rush;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class DraftingConfiguration {
    @Bean
    MiniLmEmbedder embedder() {
        return new MiniLmEmbedder();
    }

    /** Not for commands that do one thing and end. */
    @Bean
    @ConditionalOnWebApplication
    ModelLoading modelHealthIndicator(MiniLmEmbedder embedder, Rush rush) {
        return new ModelLoading(embedder, rush);
    }

    /** For what is over, and thus waited for: each worker has its turn. */
    @Bean
    LowPriority finishing() {
        return new LowPriority("drafting-finished", ProcessorShare.LESS, DraftWork.WORKERS);
    }

    /** For what is still talked about, and for what was confirmed. */
    @Bean
    LowPriority computing() {
        return new LowPriority("drafting", ProcessorShare.LEAST, 1);
    }

    /** For models, which take minutes: nobody waits for them. */
    @Bean
    LowPriority learning() {
        return new LowPriority("drafting-learning", ProcessorShare.LEAST, 1);
    }

    @Bean
    DraftingEngine draftingEngine(Embedder embedder) {
        return new DraftingEngine(embedder);
    }
}
