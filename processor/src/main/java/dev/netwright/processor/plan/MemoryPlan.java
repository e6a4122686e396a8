package dev.netwright.processor.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Gives values that are never needed at the same time the same memory: largest first, each at the lowest free offset.
 */
final class MemoryPlan {
    /**
     * A request for memory.
     *
     * @param key whose it is
     * @param size floats
     * @param first the first moment it is needed
     * @param last the last
     */
    record Request(Object key, int size, int first, int last) {
        boolean overlaps(Request other) {
            return first <= other.last && other.first <= last;
        }
    }

    /** A request and where it was put. */
    record Slot(Request request, int offset) {
        int end() {
            return Math.addExact(offset, request.size());
        }
    }

    private final List<Slot> slots = new ArrayList<>();

    MemoryPlan(List<Request> requests) {
        List<Request> order = new ArrayList<>(requests);
        order.sort(Comparator.comparingInt(Request::size).reversed().thenComparingInt(Request::first));
        for (Request request : order) {
            slots.add(new Slot(request, lowestFree(request)));
        }
    }

    private int lowestFree(Request request) {
        List<Slot> busy = slots.stream()
                .filter(slot -> slot.request().overlaps(request))
                .sorted(Comparator.comparingInt(Slot::offset))
                .toList();
        int offset = 0;
        for (Slot slot : busy) {
            if (slot.offset() - offset >= request.size()) {
                break;
            }
            offset = Math.max(offset, slot.end());
        }
        return offset;
    }

    int offset(Object key) {
        return slot(key).offset();
    }

    /** Whether some other request was given part of the same memory. */
    boolean isShared(Object key) {
        Slot own = slot(key);
        return slots.stream()
                .anyMatch(other -> other != own && other.offset() < own.end() && own.offset() < other.end());
    }

    /** Whether nothing else is written to the request's memory from its first moment to another one. */
    boolean survives(Object key, int moment) {
        Slot own = slot(key);
        return slots.stream()
                .filter(other -> other != own && other.offset() < own.end() && own.offset() < other.end())
                .allMatch(other -> other.request().last() < own.request().first()
                        || other.request().first() > moment);
    }

    int size() {
        return slots.stream().mapToInt(Slot::end).max().orElse(0);
    }

    List<Slot> slots() {
        return slots.stream().sorted(Comparator.comparingInt(Slot::offset)).toList();
    }

    private Slot slot(Object key) {
        return slots.stream()
                .filter(slot -> slot.request().key().equals(key))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no memory was planned for " + key));
    }
}
