package org.afterword.desk.internal;

import org.afterword.platform.PipelinedJdbc;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class DeskConfiguration {
    @Bean
    AgentRepository agentRepository(PipelinedJdbc jdbc) {
        return new AgentRepository(jdbc);
    }
}
