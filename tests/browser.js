/* SPDX-License-Identifier: ISC */
/*
 * Runs in a browser, over reports as HTML: each is shown at three widths, and
 * looked at as its reader would see it. Writes TAP into the page. "reports" is
 * a list of [name, HTML in base64, direction].
 */
'use strict';

const WIDTHS = [320, 800, 1400];
const lines = [];

function decode(text) {
    const octets = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
    return new TextDecoder().decode(octets);
}

function result(bad, name) {
    lines.push((bad.length ? 'not ok ' : 'ok ') + (lines.count += 1) + ' - ' + name);
    bad.slice(0, 5).forEach((each) => lines.push('# ' + each));
}

/* WCAG 2.1, relative luminance. */
function luminance(colour) {
    const parts = colour.map((c) => {
        c /= 255;
        return c <= 0.03928 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
    });
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
}

function parse(colour) {
    const numbers = colour.match(/[\d.]+/g).map(Number);
    return { rgb: numbers.slice(0, 3), alpha: numbers.length > 3 ? numbers[3] : 1 };
}

function background(element, view) {
    for (; element; element = element.parentElement) {
        const colour = parse(view.getComputedStyle(element).backgroundColor);
        if (colour.alpha === 1)
            return colour.rgb;
    }
    return [255, 255, 255];
}

function contrast(element, view) {
    const ink = luminance(parse(view.getComputedStyle(element).color).rgb);
    const paper = luminance(background(element, view));
    return (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05);
}

function low_contrast(page, view) {
    const bad = [];
    const walker = page.createTreeWalker(page.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const text = walker.currentNode;
        if (!text.data.trim())
            continue;
        const ratio = contrast(text.parentElement, view);
        if (ratio < 4.5)
            bad.push(ratio.toFixed(2) + ': ' + text.data.trim().slice(0, 40));
    }
    return bad;
}

function wider_than_the_page(page, width) {
    const bad = [];
    if (page.documentElement.scrollWidth > width)
        bad.push('scrolls to ' + page.documentElement.scrollWidth);
    page.querySelectorAll('body *').forEach((each) => {
        const box = each.getBoundingClientRect();
        if (box.width > 0 && (box.left < -1 || box.right > width + 1))
            bad.push(each.tagName + ' from ' + box.left + ' to ' + box.right);
    });
    return bad;
}

function wrong_direction(page, view, direction) {
    const bad = [];
    const first = page.body.firstElementChild;
    if (page.documentElement.dir !== direction || first.dir !== direction)
        bad.push('dir is not ' + direction);
    if (!page.documentElement.lang || first.lang !== page.documentElement.lang)
        bad.push('lang');
    if (view.getComputedStyle(page.querySelector('h1')).direction !== direction)
        bad.push('the heading is not ' + direction);
    return bad;
}

function active(page, view) {
    const bad = view.performance.getEntriesByType('resource')
        .map((each) => 'fetched ' + each.name);
    page.querySelectorAll('script, img, iframe, object, embed, link, form, ' +
        'video, audio, base').forEach((each) => bad.push(each.tagName));
    page.querySelectorAll('a').forEach((each) => {
        if (!/^(https?|mailto|tel):/.test(each.getAttribute('href')))
            bad.push('a link to ' + each.getAttribute('href'));
    });
    return bad;
}

function show(report, width) {
    return new Promise((done) => {
        const frame = document.createElement('iframe');
        frame.style.cssText = 'border:0;height:3000px;width:' + width + 'px';
        frame.onload = () => done(frame);
        frame.srcdoc = decode(report[1]);
        document.body.appendChild(frame);
    });
}

async function look(report, width) {
    const frame = await show(report, width);
    const page = frame.contentDocument, view = frame.contentWindow;
    const name = report[0] + ' at ' + width + ': ';

    page.querySelectorAll('details').forEach((each) => { each.open = true; });
    result(wider_than_the_page(page, width), name + 'no wider than the page');
    if (width === WIDTHS[0]) {
        result(low_contrast(page, view), name + 'contrast of 4.5 or more');
        result(wrong_direction(page, view, report[2]), name + 'direction');
        result(active(page, view), name + 'nothing fetched, nothing runs');
    }
    frame.remove();
}

async function look_at_all() {
    lines.count = 0;
    for (const report of reports)
        for (const width of WIDTHS)
            await look(report, width);
    lines.push('1..' + lines.count);
    document.body.textContent = lines.join('\n');
    document.title = 'done';
}

look_at_all();
