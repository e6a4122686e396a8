package dev.netwright.processor.report.page;

import dev.netwright.processor.report.ReportFacts;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * A network as a page: figures, the graph drawn, layers, decisions, memory, passes, methods. It needs no script and no
 * network, and the same network gives the same bytes wherever and whenever it is compiled.
 */
public final class Page {
    private static final String STYLE = read();

    private Page() {}

    private static String read() {
        try (InputStream in = Page.class.getResourceAsStream("page.css")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The text of the page. */
    public static String of(ReportFacts facts) {
        Html html = new Html();
        html.raw("<!DOCTYPE html>\n");
        html.open("html", "xmlns", "http://www.w3.org/1999/xhtml", "lang", "en");
        html.open("head");
        html.empty("meta", "charset", "utf-8");
        html.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
        html.empty("meta", "name", "color-scheme", "content", "light dark");
        html.element("title", facts.network().name());
        html.open("style").raw(STYLE).close();
        html.close();
        html.open("body");
        HeadSection.write(html, facts);
        GraphSection.write(html, facts);
        LayersSection.write(html, facts);
        DecisionsSection.write(html, facts);
        MemorySection.write(html, facts);
        PassesSection.write(html, facts);
        MethodsSection.write(html, facts);
        html.close().close();
        return html.toString();
    }
}
