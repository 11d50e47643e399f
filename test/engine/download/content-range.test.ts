import { describe, expect, it } from 'vitest';
import {
  confirmsEnd,
  continues,
  isFramed,
  lengthOf,
  validatorOf,
} from '../../../main/engine/download/content-range.ts';

describe('a validator for If-Range', () => {
  it.each([
    [{ etag: '"a"' }, '"a"'],
    [{ etag: '"a"', 'last-modified': 'Tue, 15 Nov 2022 12:45:26 GMT' }, '"a"'],
    [{ 'last-modified': 'Tue, 15 Nov 2022 12:45:26 GMT' }, 'Tue, 15 Nov 2022 12:45:26 GMT'],
    [{ etag: 'W/"a"' }, undefined],
    [{ etag: 'unquoted' }, undefined],
    [{ etag: `"${'a'.repeat(1000)}"` }, undefined],
    [{ 'last-modified': 'yesterday' }, undefined],
    [{ etag: '"a"', 'accept-ranges': 'none' }, undefined],
    [{ etag: '"a"', 'content-encoding': 'gzip' }, undefined],
    [{ etag: '"a"', 'content-encoding': 'identity' }, '"a"'],
    [{}, undefined],
  ])('of %j is %s', (headers, validator) => {
    expect(validatorOf(new Headers(headers))).toBe(validator);
  });
});

describe('the date of a file that may change within its second', () => {
  const date = 'Tue, 15 Nov 2022 12:45:26 GMT';
  it.each([
    [date, undefined],
    ['Tue, 15 Nov 2022 12:45:20 GMT', undefined],
    ['Tue, 15 Nov 2022 12:45:27 GMT', date],
    ['Wed, 16 Nov 2022 00:00:00 GMT', date],
    ['today', date],
  ])('and was sent %s is %s', (sent, validator) => {
    const headers = new Headers({ 'last-modified': date, date: sent });
    expect(validatorOf(headers)).toBe(validator);
    expect(validatorOf(headers, true)).toBe(date);
  });
});

describe('the length', () => {
  it.each([
    [{ 'content-length': '12' }, 12],
    [{ 'content-length': '12', 'content-encoding': 'gzip' }, undefined],
    [{ 'content-length': '-1' }, undefined],
    [{ 'content-length': '1e3' }, undefined],
    [{}, undefined],
  ])('of %j is %s', (headers, length) => {
    expect(lengthOf(new Headers(headers))).toBe(length);
  });
});

describe('the rest of a file', () => {
  const here = { bytes: 10, length: 30, validator: '"a"' };
  it.each([
    ['bytes 10-29/30', true],
    ['bytes 10-19/30', true],
    ['bytes 10-29/*', true],
    ['bytes 9-29/30', false],
    ['bytes 11-29/30', false],
    ['bytes 10-29/31', false],
    ['bytes 10-30/30', false],
    ['bytes 10-9/30', false],
    ['bytes */30', false],
    ['items 10-29/30', false],
    ['Bytes 10-29/30', true],
    ['bytes  10-29/30', true],
    ['bytes=10-29/30', true],
    ['octets 10-29/30', false],
    ['bytes 10-29/30, bytes 1-2/30', false],
    ['', false],
  ])('with Content-Range "%s" fits: %s', (range, fits) => {
    expect(continues(new Headers({ 'content-range': range, etag: '"a"' }), here)).toBe(fits);
  });

  it('may tell a length that was not announced at first, and must keep to it', () => {
    const tagged = (range: string) => new Headers({ 'content-range': range, etag: '"a"' });
    expect(continues(tagged('bytes 10-29/30'), { bytes: 10, validator: '"a"' })).toBe(true);
    expect(continues(tagged('bytes 10-30/30'), { bytes: 10, validator: '"a"' })).toBe(false);
    expect(continues(tagged('bytes 10-29/*'), { bytes: 10, validator: '"a"' })).toBe(true);
  });

  it('does not fit without the entity tag that the whole file had', () => {
    const headers = new Headers({ 'content-range': 'bytes 10-29/30' });
    expect(continues(headers, { bytes: 10, length: 30, validator: '"a"' })).toBe(false);
  });

  it('does not fit under another tag or date, nor when it is encoded', () => {
    const range = { 'content-range': 'bytes 10-29/30' };
    expect(continues(new Headers({ ...range, etag: '"b"' }), here)).toBe(false);
    expect(continues(new Headers({ ...range, 'content-encoding': 'gzip' }), here)).toBe(false);
    const dated = { ...here, validator: 'Tue, 15 Nov 2022 12:45:26 GMT' };
    expect(continues(new Headers({ ...range, 'last-modified': 'Wed, 16 Nov 2022 12:45:26 GMT' }), dated)).toBe(false);
  });
});

describe('the end of a file', () => {
  it.each([
    [{ 'content-range': 'bytes */10' }, true],
    [{ 'content-range': 'bytes */10', etag: '"a"' }, true],
    [{ 'content-range': 'bytes */10', etag: '"b"' }, false],
    [{ 'content-range': 'Bytes  */10' }, true],
    [{ 'content-range': 'bytes */11', etag: '"a"' }, false],
    [{ 'content-range': 'bytes */*', etag: '"a"' }, false],
    [{ etag: '"a"' }, false],
  ])('by a 416 with %j is where ten bytes are: %s', (headers, ends) => {
    expect(confirmsEnd(new Headers(headers), { bytes: 10, validator: '"a"' })).toBe(ends);
  });

  it.each([
    [{ 'content-length': '12' }, true],
    [{ 'content-length': '12', 'content-encoding': 'gzip' }, true],
    [{ 'transfer-encoding': 'chunked' }, true],
    [{ 'transfer-encoding': 'gzip, chunked' }, true],
    [{ 'transfer-encoding': 'gzip' }, false],
    [{}, false],
  ])('is told by HTTP with %j: %s', (headers, framed) => {
    expect(isFramed(new Headers(headers))).toBe(framed);
  });
});
