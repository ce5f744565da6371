package org.afterword.desk.internal;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

@Configuration(proxyBeanMethods = false)
class DeskConfiguration {
    @Bean
    AgentRepository agentRepository(JdbcTemplate jdbc) {
        return new AgentRepository(jdbc);
    }
}
