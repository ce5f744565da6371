package org.afterword;

import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
public class Afterword {
    public static void main(String[] args) {
        org.springframework.boot.SpringApplication.run(Afterword.class, args);
    }
}
